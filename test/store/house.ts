// A real store on a folder of its own with a clock that stands still, closed and removed after the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Logger, VirtualClock } from '../../src/base/index.ts';
import { Store, type StoreOptions } from '../../src/store/index.ts';

export const noon = Date.UTC(2026, 0, 15, 12);

export interface House {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly dir: string;
  /** Texts of errors and warnings so far. */
  readonly complaints: string[];
  /** Ends the turn and waits until everything put is on disk. */
  committed(): Promise<void>;
}

export function makeDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'homerule-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function recorder(complaints: string[]): Logger {
  const note = (_fields: object, text: string): void => {
    complaints.push(text);
  };
  return { error: note, warn: note, info: () => undefined, debug: () => undefined };
}

/** `at`: what the clock shows; `options` go to the store. */
export async function openHouse(
  dir = makeDir(),
  { at = noon, ...options }: Partial<StoreOptions> & { readonly at?: number } = {},
): Promise<House> {
  const clock = new VirtualClock(at);
  const complaints: string[] = [];
  const store = new Store({ dir, clock, log: recorder(complaints), ...options });
  await store.start(new AbortController().signal);
  onTestFinished(() => store.stop());
  const committed = (): Promise<void> =>
    new Promise((done) => {
      store.commits.whenCommitted(store.commits.open, done);
      clock.advance(0);
    });
  return { store, clock, dir, complaints, committed };
}

export function stateRow(topic: string, payload = 'ON', at = noon) {
  const bytes = Buffer.from(payload);
  return {
    topic,
    payload: { bytes },
    bytes: bytes.length,
    at,
    changedAt: at,
    qos: 0 as const,
    retain: false,
    origin: 'client',
    by: 'lamp',
    previous: undefined,
    pathChanges: undefined,
  };
}

export function retainedRow(topic: string, payload = 'ON') {
  return {
    topic,
    payload: Buffer.from(payload),
    qos: 1 as const,
    properties: null,
    at: noon,
    user: null,
    client: null,
  };
}
