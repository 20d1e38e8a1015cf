// A worker's end of the line: takes requests, has them done, sends answers and faults. Knows no operation.
import { parentPort, type Transferable } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { HomeruleError, messageOf } from '../base/index.ts';
import type { Fault, FromWorker, OperationTable, Request } from './protocol.ts';

export type Handlers<Table extends OperationTable<Table>> = {
  readonly [Name in keyof Table]: (input: Table[Name]['in']) => Promise<Table[Name]['out']>;
};

export type Send = (message: FromWorker) => void;

function faultOf(error: unknown): Fault {
  if (error instanceof HomeruleError) {
    const { code, kind, message, details } = error;
    return { code, kind, message, details };
  }
  const sqlite = error instanceof Sqlite.SqliteError ? error.code : undefined;
  const message = sqlite === undefined ? messageOf(error) : `${messageOf(error)} (${sqlite})`;
  return {
    code: 'store-failed',
    kind: 'unavailable',
    message,
    details: sqlite === undefined ? {} : { sqlite },
  };
}

/** What an output holds that can move to the other thread instead of being copied. */
function movable(output: unknown): Transferable[] {
  if (typeof output !== 'object' || output === null) return [];
  return Object.values(output)
    .filter((part) => part instanceof Uint8Array)
    .map((bytes) => bytes.buffer)
    .filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength > 0);
}

/** `isInTurn`: one request after another but for those `beside`; otherwise those that pause let others go on. */
export function serve<Table extends OperationTable<Table>>(
  handlersFor: (send: Send) => Handlers<Table>,
  {
    isInTurn,
    beside = [],
  }: { readonly isInTurn: boolean; readonly beside?: readonly (keyof Table & string)[] },
): void {
  const port = parentPort;
  if (port === null) return;
  const handlers = new Map(
    Object.entries<(input: never) => Promise<unknown>>(handlersFor((message) => port.postMessage(message))),
  );
  const free: ReadonlySet<string> = new Set(beside);
  let last: Promise<void> = Promise.resolve();
  const run = async ({ id, operation, input }: Request): Promise<void> => {
    try {
      const handle: ((input: never) => Promise<unknown>) | undefined = handlers.get(operation);
      if (handle === undefined) throw new HomeruleError('internal', 'bug', `nobody does "${operation}"`);
      const output = await handle(input);
      port.postMessage({ id, output }, movable(output));
    } catch (error) {
      port.postMessage({ id, fault: faultOf(error) });
    }
  };
  port.on('message', (request: Request) => {
    if (free.has(request.operation)) void run(request);
    else last = isInTurn ? last.then(() => run(request)) : run(request);
  });
}
