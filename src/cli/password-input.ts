// A password from the person or program at the other end of stdin: never shown on a terminal.
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Context, remark } from './context.ts';
import { fail } from './errors.ts';

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

function isTerminal(stream: object): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/** Reads one line after another; what is typed on a terminal is not echoed. */
class HiddenLines {
  readonly #lines: Interface;
  readonly #iterator: AsyncIterator<string>;

  constructor({ stdin }: Pick<Context, 'stdin'>) {
    this.#lines = createInterface({ input: stdin, output: nowhere(), terminal: isTerminal(stdin) });
    // Ctrl-C would only pause it otherwise.
    this.#lines.on('SIGINT', () => this.#lines.close());
    this.#iterator = this.#lines[Symbol.asyncIterator]();
  }

  async next(): Promise<string> {
    const { value, done } = await this.#iterator.next();
    if (done === true || value === '') throw fail('wrong-usage', 'expected a password, got nothing');
    return value;
  }

  close(): void {
    this.#lines.close();
  }
}

/** On a terminal it is asked for twice; from a pipe the first line is taken. Throws `wrong-usage`. */
export async function readPassword(context: Pick<Context, 'stdin' | 'stderr'>): Promise<string> {
  const lines = new HiddenLines(context);
  try {
    if (!isTerminal(context.stdin)) return await lines.next();
    context.stderr.write('Password: ');
    const first = await lines.next();
    remark(context, '');
    context.stderr.write('Reenter password: ');
    const second = await lines.next();
    remark(context, '');
    if (first !== second) throw fail('wrong-usage', 'the two passwords are not the same');
    return first;
  } finally {
    lines.close();
  }
}
