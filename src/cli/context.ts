// What a command may touch of the process it runs in; tests give it streams of their own.
import type { Readable, Writable } from 'node:stream';
import { type Clock, SystemClock, type Undo } from '../base/index.ts';

export interface Context {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly clock: Clock;
  /** SIGINT, SIGTERM and SIGHUP, instead of what the process would do. */
  onSignal(listener: (signal: NodeJS.Signals) => void): Undo;
  /** Ends the process although something still runs in it. */
  exit(code: number): void;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function processContext(): Context {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: new SystemClock(),
    onSignal: (listener) => {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => {
        for (const signal of stopSignals) process.off(signal, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}

/** One line for people or programs. */
export function print({ stdout }: Pick<Context, 'stdout'>, text: string): void {
  stdout.write(`${text}\n`);
}

export function printJson(context: Pick<Context, 'stdout'>, value: unknown): void {
  print(context, JSON.stringify(value));
}

/** One line beside the output proper. */
export function remark({ stderr }: Pick<Context, 'stderr'>, text: string): void {
  stderr.write(`${text}\n`);
}
