// strftime against date(1) of this machine, in the zone of the test's process.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { strftime } from '../../src/cli/mqtt/strftime.ts';

const letters = 'a A b B c C d D e F g G h H I j k l m M n p P r R s S t T u U V w W x X y Y z'.split(' ');

const instants = [
  '2026-11-22T22:15:46Z',
  '2026-01-01T00:00:00Z',
  '2026-12-31T23:59:59Z',
  '2027-01-03T12:00:00Z',
  '2024-02-29T11:59:59Z',
  '2021-01-01T05:06:07Z',
  '2020-12-31T13:00:00Z',
  '1999-07-04T09:08:07Z',
].map((text) => Date.parse(text));

function dateProgram(pattern: string, at: number): string {
  const { stdout, error } = spawnSync('date', ['-d', `@${at / 1000}`, `+${pattern}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  return stdout.slice(0, -1);
}

describe('strftime', () => {
  it.each(instants.map((at) => [new Date(at).toISOString(), at] as const))(
    'is that of date(1) at %s',
    (_, at) => {
      const theirs = dateProgram(letters.map((letter) => `${letter}=%${letter}`).join('|'), at);
      const ours = letters.map((letter) => `${letter}=${strftime(letter, at)}`).join('|');
      // In the C locale `x` of date(1) is %m/%d/%y and `X` is %H:%M:%S.
      expect(ours).toBe(theirs);
    },
  );
});
