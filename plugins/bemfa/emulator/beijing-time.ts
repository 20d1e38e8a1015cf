// The cloud tells all times as in Beijing, whatever the machine's zone.
import type { Timestamp } from '../../../src/base/index.ts';

const offsetMs = 8 * 3_600_000;

/** `2026-01-02 03:04:05` */
export function beijingTime(at: Timestamp): string {
  return new Date(at + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

export function unixSeconds(at: Timestamp): number {
  return Math.floor(at / 1000);
}
