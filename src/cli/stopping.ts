// How a running house is asked to stop: once politely, within a deadline, and at once when asked again.
import { type Context, remark } from './context.ts';
import { exitCodes } from './errors.ts';

/** A stop that takes longer is cut off. */
const stopWithinMs = 5000;
/** Terminals and npm may deliver one Ctrl-C twice; a second one on purpose comes later. */
const sameSignalMs = 500;

/**
 * Resolves with the first signal that asks to stop; a later one that is not its echo ends the process at once. Without
 * a terminal that could hang up, SIGHUP asks to reload, as daemons understand it.
 */
export function firstSignal(context: Context, onReload: () => void): Promise<NodeJS.Signals> {
  const hasTerminal = 'isTTY' in context.stdin && context.stdin.isTTY === true;
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let firstAt: number | undefined;
  context.onSignal((signal) => {
    if (signal === 'SIGHUP' && !hasTerminal) {
      onReload();
      return;
    }
    const now = context.clock.monotonic();
    if (firstAt === undefined) {
      firstAt = now;
      resolve(signal);
    } else if (now - firstAt > sameSignalMs) context.exit(exitCodes.failed);
  });
  return promise;
}

/** Ends the process with 1 when `stop` takes too long. */
export async function stopInTime(context: Context, stop: () => Promise<void>): Promise<void> {
  const undo = context.clock.after(stopWithinMs, () => {
    remark(
      context,
      `homerule: stop-timeout: still not stopped after ${stopWithinMs / 1000} s, ending anyway`,
    );
    context.exit(exitCodes.failed);
  });
  await stop();
  undo();
}
