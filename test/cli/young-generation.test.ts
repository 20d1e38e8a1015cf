import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = fileURLToPath(new URL('../../src/cli/young-generation.ts', import.meta.url));

/** Keeps all that one place in the code makes; V8 tells at each collection what it decided for that place. */
const keepsAll = `
const kept = [];
const make = (n) => ({ n, of: { n } });
for (let n = 0; n < 400_000; n++) kept.push(make(n));
`;

/** Whether V8 counts that place among those whose objects it is to make old at once. */
function isMadeOld(before: string): boolean {
  const script = `import { beginYoung } from ${JSON.stringify(module)}; ${before} ${keepsAll}`;
  const flags = ['--trace-pretenuring-statistics', '--input-type=module', '--eval'];
  const said = execFileSync(process.execPath, [...flags, script], {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return /=> (maybe )?tenure/.test(said);
}

describe('young objects', () => {
  it('begin young even where the first ones lived long', () => {
    expect(isMadeOld('beginYoung();')).toBe(false);
  });

  it('would be made old by V8 itself', () => {
    expect(isMadeOld('')).toBe(true);
  });
});
