// The store's worker thread: owns both databases and does one operation after the other. The only writer.
import { parentPort, type Transferable } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { HomeruleError, messageOf } from '../base/index.ts';
import type { Fault, FromWorker, Operation, Operations, Request } from './protocol.ts';
import { Files } from './sqlite/files.ts';

type Handlers = {
  readonly [Name in Operation]: (input: Operations[Name]['in']) => Promise<Operations[Name]['out']>;
};

function handlersOf(files: Files): Handlers {
  return {
    open: ({ dir, at }) => files.open(dir, at),
    commit: async ({ bytes }) => (await files.truth()).commit(bytes),
    slice: async (request) => (await files.truth()).slice(request),
    reserve: async ({ size }) => {
      const history = await files.history();
      const first = (await files.truth()).reserve(size, history.sequenceFloor());
      history.reserved(first);
      return { first };
    },
    writeChunk: async ({ chunk, gap }) => ({ stored: (await files.history()).writeChunk(chunk, gap) }),
    readChunk: async (request) => (await files.history()).readChunk(request),
    gaps: async ({ from, to }) => (await files.history()).gaps(from, to),
    putTraces: async (traces) => {
      (await files.history()).putTraces(traces);
      return null;
    },
    recentTraces: async (query) => (await files.history()).recentTraces(query),
    findTrace: async ({ id }) => (await files.history()).findTrace(id),
    prune: async ({ before, maxBytes }) => (await files.history()).prune(before, maxBytes),
    close: async ({ at }) => {
      files.close(at);
      return null;
    },
  };
}

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

function serve(port: NonNullable<typeof parentPort>): void {
  const send = (message: FromWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const handlers = handlersOf(new Files((setAside) => send({ setAside })));
  let last: Promise<void> = Promise.resolve();
  const run = async ({ id, operation, input }: Request): Promise<void> => {
    const handle: (input: never) => Promise<unknown> = handlers[operation];
    try {
      const output = await handle(input);
      send({ id, output }, movable(output));
    } catch (error) {
      send({ id, fault: faultOf(error) });
    }
  };
  port.on('message', (request: Request) => {
    last = last.then(() => run(request));
  });
}

if (parentPort !== null) serve(parentPort);
