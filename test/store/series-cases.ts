// Messages for tests of series, and what their history must be by definition.
import type { Input } from '../../src/rules/index.ts';
import type { History } from '../../src/store/index.ts';
import type { House } from './house.ts';

export const dayMs = 86_400_000;

let seq = 0;

export function said(topic: string, value: unknown, at: number): Input {
  const payload = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const head = { kind: 'message', seq: ++seq, at, topic, payload } as const;
  return { ...head, qos: 0, retain: false, origin: 'client', by: 'sensor', depth: 0 };
}

export const always = { from: 0, to: 4e12 };

export interface Listed {
  readonly at: number;
  readonly value: unknown;
}

/** All samples of a series, or undefined when there is none. */
export async function samplesOf(
  history: History,
  topic: string,
  path = '',
  range = always,
): Promise<Listed[] | undefined> {
  const pages = await history.samples({ topic, path, ...range });
  if (pages === undefined) return undefined;
  const found: Listed[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

/** Lets the clock go on until nothing is left to be rolled up or deleted. */
export async function tended({ store, clock }: Pick<House, 'store' | 'clock'>): Promise<void> {
  clock.advance(3_600_000);
  for (let step = 0; step < 100; step++) {
    await store.history.paths('nothing');
    clock.advance(50);
  }
}
