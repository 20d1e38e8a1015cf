// Why an answer about the past may not be all there was, as the command line says it.
import { expect, test } from 'vitest';
import { incompleteLine } from '../../src/cli/incomplete.ts';

test.each([
  [{ reason: 'not-kept' }, 'the journal does not go back so far'],
  [{ reason: 'excluded', filter: 'cam/#', count: 3 }, 'the journal leaves these topics out (cam/#): 3'],
  [
    { reason: 'unclean-stop', from: 0, to: 60_000, count: null },
    'the house ended without having written everything down, 1970-01-01T00:00:00.000Z to 1970-01-01T00:01:00.000Z',
  ],
])('%j', (incomplete, line) => {
  expect(incompleteLine(incomplete)).toBe(line);
});
