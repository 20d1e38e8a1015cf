// Of which time an explanation is: a clock that goes on while the question is read makes no difference.
import { expect, test } from 'vitest';
import { type ExplanationHouse, Explanations } from '../../src/api/inquiries/explanations.ts';
import { HomeruleError } from '../../src/base/index.ts';

/** Each look at the clock is a millisecond later; there is no such rule. */
function ticking(): Explanations {
  let now = 1_000_000_000;
  const house = {
    clock: { now: () => ++now },
    home: { zone: 'UTC' },
    store: { versionsOf: async () => [] },
  };
  return new Explanations(house as unknown as ExplanationHouse);
}

const codeOf = (request: { at: string; to?: string; window?: string }): Promise<unknown> =>
  ticking()
    .explain('r', request)
    .catch((error: unknown) => (error instanceof HomeruleError ? error.code : error));

test.each([
  [{ at: 'now' }, 'rule-missing'],
  [{ at: '-1h', to: 'now' }, 'rule-missing'],
  [{ at: '2000000000' }, 'bad-range'],
  [{ at: 'now', to: '-1h' }, 'bad-range'],
  [{ at: '-9h', to: 'now' }, 'bad-range'],
  [{ at: 'now', window: '7h' }, 'bad-range'],
  [{ at: 'soon' }, 'bad-time'],
])('%j is answered with %s', async (request, code) => {
  expect(await codeOf(request)).toBe(code);
});
