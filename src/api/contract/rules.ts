// The shapes about rules, their runs and timers.
import type { Timestamp } from '../../base/index.ts';
import type { KindFacts, RunStatus, Trace } from '../../rules/index.ts';
import type { FindingView } from './analysis.ts';
import type { ProblemView } from './general.ts';

export type {
  FieldKind,
  KindFacts,
  KindOption,
  Trace,
  TraceEffect,
  TraceError,
  TraceExpression,
  TraceStep,
  TraceTrigger,
} from '../../rules/index.ts';
export type { RunStatus };

/** How often a rule ended each way since the start of the process. */
export type RuleCounters = Readonly<Partial<Record<RunStatus, number>>>;

/** Four ways for a wake-up to go: that nothing was done is one of them. */
export type RunOutcome = 'done' | 'not' | 'failed' | 'open';

export interface RunSummary {
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  readonly at: Timestamp;
  readonly endedAt?: Timestamp;
  readonly status: RunStatus;
  readonly reason?: string;
  readonly key?: string;
  readonly verb: string;
  readonly topic?: string;
  readonly due?: Timestamp;
}

/** How a rule begins. The entries are as in its document, without the steps inside them; absent where they are long. */
export interface RuleOutline {
  readonly triggers: number;
  readonly actions: number;
  readonly trigger?: unknown;
  readonly action?: unknown;
}

/** `GET /rules` items and the `rules` live channel. */
export interface RuleSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly enabled: boolean;
  /** Decides and does nothing: see `GET /rules/{id}/shadow`. */
  readonly shadow?: boolean;
  readonly mode: 'single' | 'restart' | 'queued' | 'parallel';
  readonly version: number;
  readonly savedAt: Timestamp;
  /** Absent for a rule that this program does not understand. */
  readonly outline?: RuleOutline;
  /** Latest run or wake-up that did not become one. */
  readonly last?: RunSummary;
  readonly counters: RuleCounters;
  /** Runs that wait now. */
  readonly waiting: number;
  /** `open`: too many runs in a short time, none is let through for a minute; saving or switching closes it. */
  readonly breaker: 'closed' | 'open' | 'half-open';
}

/** `GET /rules/{id}`; ETag is the version. */
export interface RuleView extends RuleSummary {
  /** The text as the author wrote it. */
  readonly source: string;
  /** The parsed document. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly problems: readonly ProblemView[];
  /** Of the answer to a save: what its analysis found; warnings among it are problems, too. */
  readonly findings?: readonly FindingView[];
  /** Of the answer to a save: webhooks for which a secret was made. It is shown here and never again. */
  readonly webhooks?: readonly MadeWebhookView[];
}

export interface MadeWebhookView {
  readonly name: string;
  readonly secret: string;
}

/** `POST /rules/check`; never an error for a bad rule. */
export interface CheckView {
  /** Present when the document could be saved. */
  readonly rule?: { readonly id: string; readonly name: string };
  readonly problems: readonly ProblemView[];
  /** Of its analysis, with all rules of the house; warnings among it are problems, too. */
  readonly findings: readonly FindingView[];
}

/** What somebody wrote for another program, as a rule. */
export interface TranslatedRuleView {
  readonly id: string;
  readonly yaml: string;
  /** By line; `untranslated`: it has no counterpart, and the rule is switched off. */
  readonly remarks: readonly { readonly line: number; readonly kind: string; readonly text: string }[];
}

/** `POST /rules/translate` */
export interface TranslationView {
  readonly items: readonly TranslatedRuleView[];
}

/** `GET /rules/kinds`: what triggers and actions there are, and what each takes. */
export interface KindsView {
  readonly triggers: readonly KindFacts[];
  readonly actions: readonly KindFacts[];
}

/** `POST /rules/{id}/run` */
export interface RunRequest {
  /** Becomes `payload` of the run. */
  readonly payload?: unknown;
  /** Default false: conditions are evaluated as for any other wake-up. */
  readonly skipConditions?: boolean;
}

/** `GET /runs/{id}`, and the items of the `runs` live channel. */
export type RunView = Trace;

/** `GET /timers` items. */
export interface TimerView {
  /** Holds `:` and `/` for some: encode it in an address. Of a run with one branch it is the run's id. */
  readonly id: string;
  /** `hold`: what a trigger saw has to hold until then; `silence`: a topic has to be silent until then. */
  readonly kind: 'run' | 'schedule' | 'hold' | 'silence';
  readonly rule: string;
  readonly due: Timestamp;
  readonly leftMs: number;
  /** The action that waits, or the trigger that is scheduled, holds or listens. */
  readonly path: string;
  /** Of that action or trigger: `delay`, `wait`, `at`, `change`. */
  readonly verb: string;
  /** The run that waits. */
  readonly run?: string;
  /** What a trigger holds: a topic or a name; the topic that may fall silent. */
  readonly about?: string;
}
