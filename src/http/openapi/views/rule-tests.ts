// Tests of rules.
import { z } from 'zod';
import type { RuleTestsView, RunTestView, TestFailureView, TestResultView } from '../../../api/index.ts';
import { count, millis, text } from './shapes.ts';
import { runStatus, traceError, traceExpression } from './traces.ts';

const unrun = z.object({
  status: runStatus,
  reason: text.exactOptional(),
  topic: text.exactOptional(),
  error: traceError.exactOptional(),
  conditions: z.array(traceExpression),
});

const failure = z.object({
  path: text,
  at: millis,
  time: text,
  what: text,
  expected: z.unknown(),
  came: z.unknown(),
  unrun: z.array(unrun),
  isUnwoken: z.boolean(),
}) satisfies z.ZodType<TestFailureView>;

const result = z.object({
  name: text,
  path: text,
  passed: z.boolean(),
  steps: count,
  failures: z.array(failure),
}) satisfies z.ZodType<TestResultView>;

export const ruleTestsViews = {
  RunTestView: z.object({
    run: text,
    rule: text,
    version: count,
    name: text,
    yaml: text,
    passes: z.boolean(),
    report: z.array(text),
    incomplete: z.array(text),
    added: z.object({ version: count, source: text }).exactOptional(),
  }) satisfies z.ZodType<RunTestView>,
  RuleTestsView: z.object({
    rule: text,
    passed: count,
    failed: count,
    tests: z.array(result),
  }) satisfies z.ZodType<RuleTestsView>,
} as const;
