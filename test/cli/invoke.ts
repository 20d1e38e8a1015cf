// Runs a command line in this process, with streams, signals and waits of the test.
import { EventEmitter } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { SystemClock, type Undo } from '../../src/base/index.ts';
import type { Context } from '../../src/cli/context.ts';
import { run } from '../../src/cli/program.ts';

/** Real time, but waits end when the test says so. */
class HeldClock extends SystemClock {
  readonly waits = new Map<number, () => void>();

  override after(ms: number, done: () => void): Undo {
    this.waits.set(ms, done);
    return () => this.waits.delete(ms);
  }
}

export interface Invocation {
  readonly code: Promise<number>;
  readonly out: () => Buffer;
  readonly err: () => string;
  signal(name: NodeJS.Signals): void;
  /** Ends the wait of this length. */
  elapse(ms: number): void;
  /** Codes given to `exit`. */
  readonly exits: number[];
}

function collect(stream: PassThrough): () => Buffer {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

export function begin(argv: readonly string[], stdin: string | Buffer = ''): Invocation {
  const signals = new EventEmitter();
  const clock = new HeldClock();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const exits: number[] = [];
  const out = collect(stdout);
  const err = collect(stderr);
  const context: Context = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    clock,
    onSignal: (listener) => {
      signals.on('signal', listener);
      return () => signals.off('signal', listener);
    },
    exit: (code) => exits.push(code),
  };
  return {
    code: run(argv, context),
    out,
    err: () => err().toString(),
    signal: (name) => signals.emit('signal', name),
    elapse: (ms) => clock.waits.get(ms)?.(),
    exits,
  };
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function invoke(argv: readonly string[], stdin?: string | Buffer): Promise<Outcome> {
  const started = begin(argv, stdin);
  const code = await started.code;
  return { code, out: started.out().toString(), err: started.err() };
}
