// What a hostile case is, and what such cases are made of.

export interface Hostile {
  /** What it tries. */
  readonly what: string;
  readonly source: string;
  /** Made anew for each evaluation: the payload. */
  readonly input?: () => unknown;
  /** The codes that may end it; `value` where it has one. */
  readonly ends: readonly string[];
}

export const repeated = (text: string, times: number): string => text.repeat(times);
export const items = (length: number, make: (n: number) => unknown): unknown[] =>
  Array.from({ length }, (_, n) => make(n));

/** As deep as JSON may be; V8 parses that without recursion. */
export function nested(depth: number, close: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = close(value);
  return value;
}

export const inArrays = (inner: unknown): unknown => [inner];
export const inObjects = (inner: unknown): unknown => ({ a: inner });
export const manyFields = (count: number): Record<string, unknown> =>
  Object.fromEntries(items(count, (n) => [`k${n}`, n]) as [string, unknown][]);

export const bigText = (): unknown => ({ s: 'x'.repeat(1_000_000), t: `${'x'.repeat(999_999)}y` });
export const bigList = (): unknown => ({ a: items(100_000, (n) => n) });
export const longChain = `a${repeated(' + a', 900)}`;

/** Two of it inside each other, again and again: small in memory, huge when written down. */
export const doublingLists = (times: number): string =>
  `$reduce([1..${times}], function($a, $n) { [[$a], [$a]] }, 1)`;
