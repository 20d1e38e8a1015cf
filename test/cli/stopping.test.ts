import { EventEmitter } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import type { Context } from '../../src/cli/context.ts';
import { firstSignal, stopInTime } from '../../src/cli/stopping.ts';

function standing() {
  const signals = new EventEmitter();
  const clock = new VirtualClock(0);
  const exits: number[] = [];
  const stderr = new PassThrough();
  const context: Context = {
    stdin: Readable.from([]),
    stdout: new PassThrough(),
    stderr,
    clock,
    onSignal: (listener) => {
      signals.on('signal', listener);
      return () => signals.off('signal', listener);
    },
    exit: (code) => exits.push(code),
  };
  return { context, clock, exits, stderr, signal: (name: string) => signals.emit('signal', name) };
}

describe('a house that is asked to stop', () => {
  it('takes the echo of a signal for the same signal', async () => {
    const { context, clock, exits, signal } = standing();
    const first = firstSignal(context, () => undefined);
    signal('SIGINT');
    clock.advance(400);
    signal('SIGINT');
    expect(await first).toBe('SIGINT');
    expect(exits).toEqual([]);
  });

  it('ends at once when it is asked again', async () => {
    const { context, clock, exits, signal } = standing();
    const first = firstSignal(context, () => undefined);
    signal('SIGTERM');
    clock.advance(600);
    signal('SIGINT');
    expect(await first).toBe('SIGTERM');
    expect(exits).toEqual([1]);
  });

  it('takes SIGHUP for a wish to reload, unless a terminal hung up', async () => {
    const { context, signal } = standing();
    let reloads = 0;
    const first = firstSignal(context, () => reloads++);
    signal('SIGHUP');
    signal('SIGTERM');
    expect(await first).toBe('SIGTERM');
    expect(reloads).toBe(1);
    const other = standing();
    const stdin = Object.assign(Readable.from([]), { isTTY: true });
    const hungUp = firstSignal({ ...other.context, stdin }, () => reloads++);
    other.signal('SIGHUP');
    expect(await hungUp).toBe('SIGHUP');
    expect(reloads).toBe(1);
  });

  it('is cut off when it takes more than five seconds', async () => {
    const { context, clock, exits, stderr } = standing();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stopped = stopInTime(context, () => promise);
    clock.advance(4999);
    expect(exits).toEqual([]);
    clock.advance(1);
    expect(exits).toEqual([1]);
    expect(String(stderr.read())).toContain('stop-timeout');
    resolve();
    await stopped;
  });

  it('is left alone when it stops in time', async () => {
    const { context, clock, exits } = standing();
    await stopInTime(context, () => Promise.resolve());
    clock.advance(10_000);
    expect(exits).toEqual([]);
  });
});
