// The tests of a document, read: what is wrong with them is told as problems of the rule, with their places.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { type Entry, entriesOf, entryAt } from '../compile/entry.ts';
import { pathOf } from '../model/problem.ts';
import type { Expectation } from './expectation.ts';
import { type GivenDocument, givenSchema, isZone, timeOf } from './given.ts';
import { expectationAt, type Step, type StepKind } from './step-kind.ts';
import { stepKinds } from './steps.ts';

export interface RuleTest {
  readonly name: string;
  /** In the document: `tests[0]`. */
  readonly path: string;
  readonly given: GivenDocument;
  readonly steps: readonly Step[];
  /** At the end. */
  readonly expect: Expectation | undefined;
}

const mostTests = 100;
const mostSteps = 500;

const testSchema = z.strictObject({
  name: z.string().min(1).max(200),
  given: z.unknown().optional(),
  steps: z.array(z.unknown()).max(mostSteps),
  expect: z.unknown().optional(),
});

export function stepAt(value: unknown, path: string, context: CompileContext): Step | undefined {
  const kinds: readonly StepKind[] = stepKinds;
  const entry: Entry<StepKind> | undefined = entryAt(value, { path, what: 'step', kinds }, context);
  return entry?.kind.compile(entry.entry, path, context);
}

function givenAt(value: unknown, path: string, context: CompileContext): GivenDocument | undefined {
  const keys = givenSchema.keyof().options;
  const given = context.read(givenSchema, value ?? {}, { path, keys });
  if (given === undefined) return undefined;
  const { zone = context.home.zone, time } = given;
  if (!isZone(zone))
    return context.report({
      path: pathOf(path, 'zone'),
      code: 'bad-zone',
      message: `"${zone}" is no time zone such as Europe/Berlin`,
      params: { text: zone },
    });
  if (time === undefined || timeOf(time, zone) !== undefined) return given;
  const message = `"${time}" is no time such as 22:30 or 2026-03-02 22:30`;
  return context.report({
    path: pathOf(path, 'time'),
    code: 'bad-time',
    message,
    params: { text: String(time), why: 'moment' },
  });
}

function testAt(value: unknown, path: string, context: CompileContext): RuleTest | undefined {
  const document = context.read(testSchema, value, { path, keys: testSchema.keyof().options });
  if (document === undefined) return undefined;
  const given = givenAt(document.given, pathOf(path, 'given'), context);
  const steps = document.steps.map((step, index) => stepAt(step, pathOf(path, 'steps', index), context));
  const expect = document.expect && expectationAt(document.expect, pathOf(path, 'expect'), context);
  const read = steps.filter((step) => step !== undefined);
  return given && { name: document.name, path, given, steps: read, expect: expect || undefined };
}

/** Of a whole document; none where it has none. */
export function testsOf(document: unknown, context: CompileContext): readonly RuleTest[] {
  const written: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'tests') : undefined;
  if (written === undefined || written === null) return [];
  const entries = entriesOf(written, 'tests', context);
  if (entries.length > mostTests) {
    const message = `the rule has ${entries.length} tests, the most is ${mostTests}`;
    context.report({
      path: 'tests',
      code: 'too-long',
      message,
      params: { why: 'tests', count: String(entries.length), limit: String(mostTests) },
    });
    return [];
  }
  return entries.flatMap((entry, index) => testAt(entry, pathOf('tests', index), context) ?? []);
}
