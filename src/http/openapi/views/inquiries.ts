// What dry runs, explanations and looks at the present answer; the compiler holds it to contract.ts.
import { z } from 'zod';
import type {
  DryRunView,
  ExplanationEntry,
  ExplanationView,
  PresentView,
  WouldBeView,
} from '../../../api/index.ts';
import { problemView } from './general.ts';
import { runSummary } from './rules.ts';
import { count, millis, text } from './shapes.ts';
import { clause, effectFields, runStatus, runView, traceError } from './traces.ts';

const hint = z.enum(['type', 'case', 'switch', 'spaces']);
const missCode = z.enum(['off', 'origin', 'stored', 'unchanged', 'value', 'previous']);
const missed = {
  path: text,
  topic: text,
  value: z.unknown().optional(),
  wanted: z.unknown().optional(),
  hint: hint.exactOptional(),
};

const blamedClause = clause.extend({ hint: hint.exactOptional() });

const failedCondition = {
  where: text,
  clauses: z.array(blamedClause).exactOptional(),
  error: traceError.exactOptional(),
};

const woken = z.object({
  code: z.enum(['ran', 'condition', 'refused', 'failed', 'unconfirmed']),
  at: millis,
  status: runStatus,
  version: count,
  path: text,
  topic: text.exactOptional(),
  payload: z.unknown().optional(),
  reason: text.exactOptional(),
  where: text.exactOptional(),
  clauses: z.array(blamedClause).exactOptional(),
  others: z.array(z.object(failedCondition)).exactOptional(),
  error: traceError.exactOptional(),
});

const truth = z.object({
  code: z.enum(['not-true', 'already-true']),
  at: millis,
  path: text,
  clauses: z.array(blamedClause).exactOptional(),
});

const hold = z.object({
  code: z.enum(['hold-reset', 'holding']),
  at: millis,
  about: text,
  since: millis,
  due: millis,
  topic: text.exactOptional(),
  value: z.unknown().optional(),
});

const bounds = { from: millis.exactOptional(), to: millis.exactOptional() };

const entry: z.ZodType<ExplanationEntry> = z.union([
  woken,
  z.object({ code: z.literal('missed'), at: millis, why: missCode, ...missed }),
  hold,
  truth,
  z.object({ code: z.literal('not-due'), at: millis, path: text, due: millis.exactOptional() }),
  z.object({ code: z.literal('unheard'), path: text, topic: text, nearest: text.exactOptional() }),
  z.object({
    code: z.literal('silent'),
    path: text,
    topic: text,
    lastAt: millis.exactOptional(),
    by: text.exactOptional(),
  }),
  z.object({ code: z.enum(['disabled', 'deleted', 'suspended']), ...bounds, version: count }),
  z.object({ code: z.literal('not-yet'), to: millis.exactOptional() }),
  z.object({
    code: z.literal('other-version'),
    ...bounds,
    version: count,
    present: count,
    now: z
      .enum(['ran', 'condition', 'refused', 'failed', 'unconfirmed', 'missed', 'hold-reset', 'holding'])
      .exactOptional(),
  }),
  z.object({ code: z.enum(['house-down', 'gap']), from: millis, to: millis, reason: text.exactOptional() }),
  z.object({
    code: z.literal('denied'),
    at: millis,
    client: text,
    topic: text,
    reason: text,
    count,
  }),
  z.object({ code: z.literal('client-away'), client: text, topic: text, from: millis }),
]);

const explanationView = z.object({
  rule: text,
  at: millis,
  from: millis,
  to: millis,
  entries: z.array(entry),
  runs: z.array(z.object({ id: text, at: millis, status: text })),
  incomplete: z.array(text),
}) satisfies z.ZodType<ExplanationView>;

const wouldBe = z.object({
  ...effectFields,
  at: millis,
  rule: text,
  run: text,
  path: text,
}) satisfies z.ZodType<WouldBeView>;

const dryRunView = z.object({
  at: millis,
  outcome: z.union([runStatus, z.enum(['not-woken', 'held'])]),
  reason: text.exactOptional(),
  effects: z.array(wouldBe),
  runs: z.array(runView),
  met: z.array(runSummary),
  misses: z.array(z.object({ code: missCode, ...missed })),
  holds: z.array(z.object({ about: text, due: millis })),
  until: millis,
  isCut: z.boolean(),
  problems: z.array(problemView),
  incomplete: z.array(text),
}) satisfies z.ZodType<DryRunView>;

const presentEntry = z.object({
  path: text,
  verdict: z.enum(['pass', 'fail', 'unknown']),
  clauses: z.array(blamedClause).exactOptional(),
  topic: text.exactOptional(),
  heardAt: millis.exactOptional(),
  value: z.unknown().optional(),
  wanted: z.unknown().optional(),
  hint: hint.exactOptional(),
  due: millis.exactOptional(),
  error: traceError.exactOptional(),
});

const presentView = z.object({
  at: millis,
  entries: z.array(presentEntry),
  filters: z.array(text).exactOptional(),
  readsDevices: z.boolean(),
}) satisfies z.ZodType<PresentView>;

export const inquiriesViews = {
  DryRunView: dryRunView,
  ExplanationView: explanationView,
  PresentView: presentView,
} as const;
