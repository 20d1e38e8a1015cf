// What a simulated device is, and what several kinds share.
import type { Clock, Undo } from '../../src/base/index.ts';
import type { Bus } from './bus.ts';
import type { Chance } from './random.ts';
import type { Resident } from './resident.ts';
import type { Room } from './room.ts';

/** What a device is given when it is put into a room. */
export interface Place {
  readonly room: Room;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly chance: Chance;
  readonly resident: Resident;
}

export interface Device {
  /** `home/kitchen/fan` */
  readonly topic: string;
  start(): void;
  stop(): void;
}

/** Calls again and again, each time after a wait that is asked for anew. */
export function again(clock: Clock, waitMs: () => number, run: () => void): Undo {
  let undo: Undo = () => undefined;
  const arm = (): void => {
    undo = clock.after(waitMs(), () => {
      run();
      arm();
    });
  };
  arm();
  return () => undo();
}

/** Per cent left of a battery that lasts about two years. */
export class Battery {
  readonly #clock: Clock;
  readonly #full: number;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#full = chance.between(55, 100);
  }

  get percent(): number {
    const days = this.#clock.monotonic() / 86_400_000;
    return Math.max(0, Math.round(this.#full - days / 7));
  }
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** What devices send as JSON, read without trust: an object, or nothing. */
export function readObject(payload: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** `ON` and `OFF` in any case, also as `{"state": "ON"}`; undefined for anything else. */
export function readSwitch(payload: string): boolean | undefined {
  const text = String(readObject(payload)?.['state'] ?? payload).toUpperCase();
  return text === 'ON' ? true : text === 'OFF' ? false : undefined;
}
