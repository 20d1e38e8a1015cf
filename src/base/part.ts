// A part of the running house. Constructors only store; `start` acquires, `stop` gives everything back.
import { messageOf } from './errors.ts';
import type { Logger } from './log.ts';

export interface Part {
  start(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** In reverse; one that does not stop cleanly keeps none of the others. */
export async function stopParts(parts: readonly Part[], log: Logger): Promise<void> {
  for (const part of [...parts].reverse()) {
    await part
      .stop()
      .catch((error: unknown) => log.error({ error: messageOf(error) }, 'a part did not stop cleanly'));
  }
}

/** In order; what was started is stopped again when a later part cannot start. */
export async function startParts(parts: readonly Part[], log: Logger): Promise<void> {
  const { signal } = new AbortController();
  const started: Part[] = [];
  for (const part of parts) {
    try {
      await part.start(signal);
      started.push(part);
    } catch (error) {
      await stopParts(started, log);
      throw error;
    }
  }
}
