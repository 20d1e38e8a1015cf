// Every file of test/cases/rules: rules, then steps, each `expect` naming exactly what happened since the one before.
// Steps and expectations are those of tests in documents; what only our own cases do to a house stands here.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { parseDuration, SystemClock } from '../../src/base/index.ts';
import { CompileContext } from '../../src/rules/compile/context.ts';
import { type HomeSettings, type LateTrace, Pace, VirtualHouse } from '../../src/rules/index.ts';
import { NameTable } from '../../src/rules/model/names.ts';
import { Findings } from '../../src/rules/model/problem.ts';
import { expectationSchema, judge } from '../../src/rules/testing/expectation.ts';
import { givenSchema } from '../../src/rules/testing/given.ts';
import { stepAt } from '../../src/rules/testing/rule-test.ts';
import { Stage } from '../../src/rules/testing/stage.ts';
import { saveText, sleep } from '../support/rule-world.ts';

const folder = fileURLToPath(new URL('../cases/rules', import.meta.url));
const ruleSchema = z.looseObject({ id: z.string() });

/** Beside those that documents have. */
const ownStep = z.union([
  /** Published on that many topics below it, `TOPIC/1` and so on. */
  z.strictObject({
    publish: z.string(),
    payload: z.unknown(),
    below: z.number(),
    retain: z.boolean().exactOptional(),
    stored: z.boolean().exactOptional(),
  }),
  /** The machine does, and the wall clock goes on. */
  z.strictObject({ sleep: z.union([z.string(), z.number()]) }),
  z.strictObject({ save: ruleSchema }),
  z.strictObject({ delete: z.string() }),
  /** `hidden`: texts that no trace of those that ended may hold. */
  z.strictObject({ expect: expectationSchema.extend({ hidden: z.array(z.string()) }) }),
]);

const caseSchema = givenSchema.omit({ time: true, zone: true, services: true }).extend({
  name: z.string(),
  time: z.string().default('2026-03-02T12:00:00Z'),
  zone: z.string().default('UTC'),
  services: z.array(z.string()).default([]),
  rules: z.array(ruleSchema),
  steps: z.array(z.looseObject({})),
});

type OwnStep = z.output<typeof ownStep>;

interface Playing {
  readonly stage: Stage;
  readonly home: HomeSettings;
}

async function takeOwn({ stage, home }: Playing, step: OwnStep): Promise<void> {
  const { house } = stage;
  if ('below' in step) {
    const { publish, below, ...message } = step;
    for (let at = 1; at <= below; at++) house.publish({ ...message, topic: `${publish}/${at}` });
  } else if ('sleep' in step) sleep(house, parseDuration(step.sleep));
  else if ('save' in step) saveText(house, stringify(step.save), home);
  else if ('delete' in step) house.change(step.delete, 'deleted');
  else {
    const { hidden, ...wanted } = step.expect;
    const happened = await stage.look();
    for (const text of hidden) expect(JSON.stringify(happened.traces), 'traces').not.toContain(text);
    expect(judge(wanted, happened)).toEqual([]);
  }
}

async function take(playing: Playing, step: object): Promise<void> {
  const own = ownStep.safeParse(step);
  if (own.success) return takeOwn(playing, own.data);
  const findings = new Findings();
  const context = new CompileContext({ names: new NameTable([]), findings, home: playing.home });
  const read = stepAt(step, '', context);
  expect(findings.items).toEqual([]);
  if (read === undefined) return;
  await read.act(playing.stage);
  if (read.expect !== undefined) expect(judge(read.expect, await playing.stage.look())).toEqual([]);
}

for (const file of readdirSync(folder).sort()) {
  const cases = z.array(caseSchema).parse(parse(readFileSync(`${folder}/${file}`, 'utf8')));
  for (const { name, rules, steps, ...given } of cases) {
    test(`${file.replace('.yaml', '')}: ${name}`, async () => {
      const late: { readonly trace: LateTrace; readonly atOnce: string }[] = [];
      const home = { zone: given.zone, place: given.place };
      const stage = new Stage({
        given,
        home,
        pace: new Pace(new SystemClock()),
        makeHouse: (options) =>
          new VirtualHouse({
            ...options,
            settings: {
              ...options.settings,
              limits: { topics: 1000, payloadBytes: 64, topicsPerClient: 500 },
            },
            onTrace: (trace) => late.push({ trace, atOnce: JSON.stringify(trace.read()) }),
          }),
      });
      for (const rule of rules) saveText(stage.house, stringify(rule), home);
      for (const step of steps) await take({ stage, home }, step);
      for (const { trace, atOnce } of late) expect(JSON.stringify(trace.read())).toBe(atOnce);
    });
  }
}
