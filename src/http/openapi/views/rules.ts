// Rules, runs and timers.
import { z } from 'zod';
import type {
  CheckView,
  KindsView,
  RuleSummary,
  RuleVersionView,
  RuleView,
  RunSummary,
  TimerView,
  TranslationView,
} from '../../../api/index.ts';
import { fieldKinds } from '../../../api/index.ts';
import { findingView } from './analysis.ts';
import { problemView } from './general.ts';
import { count, list, millis, page, text } from './shapes.ts';
import { runStatus, runView } from './traces.ts';

export const runSummary = z.object({
  id: text,
  rule: text,
  version: count,
  at: millis,
  endedAt: millis.exactOptional(),
  status: runStatus,
  reason: text.exactOptional(),
  key: text.exactOptional(),
  verb: text,
  topic: text.exactOptional(),
  due: millis.exactOptional(),
}) satisfies z.ZodType<RunSummary>;

const ruleOutline = z.object({
  triggers: count,
  actions: count,
  trigger: z.unknown().optional(),
  action: z.unknown().optional(),
});

const ruleSummary = z.object({
  id: text,
  name: text,
  description: text,
  labels: z.array(text),
  enabled: z.boolean(),
  shadow: z.boolean().exactOptional(),
  mode: z.enum(['single', 'restart', 'queued', 'parallel']),
  version: count,
  savedAt: millis,
  outline: ruleOutline.exactOptional(),
  last: runSummary.exactOptional(),
  counters: z.partialRecord(runStatus, count),
  waiting: count,
  breaker: z.enum(['closed', 'open', 'half-open']),
}) satisfies z.ZodType<RuleSummary>;

const ruleView = ruleSummary.extend({
  source: text,
  document: z.record(z.string(), z.unknown()),
  problems: z.array(problemView),
  findings: z.array(findingView).exactOptional(),
  webhooks: z.array(z.object({ name: text, secret: text })).exactOptional(),
}) satisfies z.ZodType<RuleView>;

const kindFacts = z.object({
  verb: text,
  doc: z.object({ en: text, zh: text }),
  example: text,
  options: z.array(
    z.object({
      name: text,
      field: z.enum(fieldKinds),
      required: z.boolean(),
      many: z.boolean(),
      choices: z.array(z.union([text, count, z.boolean()])).exactOptional(),
      min: count.exactOptional(),
      max: count.exactOptional(),
    }),
  ),
});

const kindsView = z.object({
  triggers: z.array(kindFacts),
  actions: z.array(kindFacts),
}) satisfies z.ZodType<KindsView>;

const ruleVersionView = z.object({
  rule: text,
  version: count,
  author: text,
  note: text,
  savedAt: millis,
  diff: z
    .object({
      from: count,
      text,
      paths: z.array(z.object({ path: text, change: z.enum(['added', 'removed', 'changed']) })),
    })
    .exactOptional(),
  source: text.exactOptional(),
}) satisfies z.ZodType<RuleVersionView>;

const translationView = z.object({
  items: z.array(
    z.object({
      id: text,
      yaml: text,
      remarks: z.array(z.object({ line: count, kind: text, text })),
    }),
  ),
}) satisfies z.ZodType<TranslationView>;

const checkView = z.object({
  rule: z.object({ id: text, name: text }).exactOptional(),
  problems: z.array(problemView),
  findings: z.array(findingView),
}) satisfies z.ZodType<CheckView>;

const timerView = z.object({
  id: text,
  kind: z.enum(['run', 'schedule', 'hold', 'silence']),
  rule: text,
  due: millis,
  leftMs: millis,
  path: text,
  verb: text,
  run: text.exactOptional(),
  about: text.exactOptional(),
}) satisfies z.ZodType<TimerView>;

export const rulesViews = {
  RuleSummary: ruleSummary,
  RuleList: list(ruleSummary),
  RuleView: ruleView,
  RuleVersionView: ruleVersionView,
  RuleVersionList: list(ruleVersionView),
  CheckView: checkView,
  TranslationView: translationView,
  KindsView: kindsView,
  RunSummary: runSummary,
  RunView: runView,
  RunPage: page(runSummary),
  TimerView: timerView,
  TimerList: list(timerView),
} as const;
