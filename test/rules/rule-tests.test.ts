// Every file of test/cases/rule-tests: a rule with tests in its document, and the report of them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SystemClock } from '../../src/base/index.ts';
import { checkText, Pace, playTests, reportOf, type TestResult } from '../../src/rules/index.ts';

const folder = fileURLToPath(new URL('../cases/rule-tests', import.meta.url));
const caseSchema = z.strictObject({ name: z.string(), rule: z.string(), report: z.string() });
const home = { zone: 'UTC' };

function play(text: string, pace = new Pace(new SystemClock())): Promise<readonly TestResult[]> {
  const { rule, tests, problems } = checkText(text, { version: 1, home });
  if (rule === undefined) throw new Error(JSON.stringify(problems));
  return playTests({ rule, tests, home, pace });
}

for (const file of readdirSync(folder).sort()) {
  const cases = z.array(caseSchema).parse(parse(readFileSync(`${folder}/${file}`, 'utf8')));
  describe(file.replace('.yaml', ''), () => {
    for (const { name, rule, report } of cases)
      test(name, async () => {
        expect(reportOf(await play(rule)).join('\n')).toBe(report.trimEnd());
      });
  });
}

const busy = (steps: string): string => `
id: busy
triggers: [{ every: 100ms }]
actions: [{ log: tick }]
tests: [{ name: long, steps: ${steps} }]
`;

test('the same tests give the same results', async () => {
  const text = readFileSync(`${folder}/tests.yaml`, 'utf8');
  for (const { rule } of z.array(caseSchema).parse(parse(text)))
    expect(await play(rule)).toEqual(await play(rule));
});

test('a test that takes too much fails, and lets others have their turn meanwhile', async () => {
  const clock = new SystemClock();
  let turns = 0;
  const count = (): void => {
    turns++;
    undo = clock.soon(count);
  };
  let undo = clock.soon(count);
  const pace = new Pace(clock, { inputs: 20_000, bytes: 1e9, workMs: 60_000 });
  const [result] = await play(busy('[{ advance: 300d }]'), pace);
  undo();
  expect(result).toMatchObject({
    passed: false,
    failures: [{ came: 'the test came to more than 20000 inputs' }],
  });
  expect(turns).toBeGreaterThan(5);
});

test('a test that fills the memory is cut off within a step that is repeated', async () => {
  const text = `
id: greedy
triggers: [{ message: a }]
mode: parallel
actions: [{ publish: b, payload: "{{ $pad('', 100000, 'x') }}" }]
tests: [{ name: full, steps: [{ publish: a, times: 49 }] }]
`;
  const pace = new Pace(new SystemClock(), { inputs: 1_000, bytes: 1_000_000, workMs: 60_000 });
  const [result] = await play(text, pace);
  expect(result?.failures).toMatchObject([{ came: 'the test came to more than 1000000 bytes of messages' }]);
});

test('of a long list that came the beginning is told', async () => {
  const text = `
id: many
triggers: [{ message: a }]
mode: parallel
actions: [{ log: x }]
tests: [{ name: many, steps: [{ publish: a, payload: 1, times: 101, expect: { runs: 3 } }] }]
`;
  const [result] = await play(text);
  const came = z.array(z.string()).parse(result?.failures[0]?.came);
  expect([came.length, came.at(-1)]).toEqual([101, '1 more']);
});

test('a step that is repeated lets others have their turn, however fast the clock says it is', async () => {
  let turns = 0;
  const clock = new (class extends SystemClock {
    override monotonic(): number {
      return 0;
    }
    override soon(run: () => void): () => void {
      turns++;
      return super.soon(run);
    }
  })();
  const text = (times: number): string =>
    busy(`[{ publish: a, times: ${times} }, { client: c, is: connected, times: ${times} }]`);
  await play(text(1), new Pace(clock));
  const few = turns;
  await play(text(1000), new Pace(clock));
  expect(turns - few).toBe(few + 40);
});
