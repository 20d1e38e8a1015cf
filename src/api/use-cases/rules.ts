// Use cases about rules, what they do and what they wait for.
import type { Actor } from '../access/actor.ts';
import type { EvaluateRequest, EvaluateView, FunctionView, PresentView } from '../contract/expressions.ts';
import type {
  AnalysisView,
  CheckView,
  KindsView,
  Page,
  RollbackRequest,
  RuleSummary,
  RuleVersionView,
  RuleView,
  RunOutcome,
  RunRequest,
  RunSummary,
  RunView,
  TimerView,
  TranslationView,
  VariableRequest,
  VariableView,
} from '../contract.ts';
import type { ListOptions, TimeQuery } from './lists.ts';

export interface SaveOptions {
  /** The id in the address; the document's own must agree. */
  readonly id?: string;
  /** YAML or JSON as the author wrote it. */
  readonly text: string;
  /** The version that the author saw; a newer one is the error `version-conflict`. 0: must not exist yet. */
  readonly ifVersion?: number;
  readonly note?: string;
  /** Saved although its tests fail. */
  readonly force?: boolean;
}

export interface RulesApi {
  list(): readonly RuleSummary[];
  /** Throws `rule-missing`. */
  get(id: string): Promise<RuleView>;
  check(text: string): CheckView;
  /** Automations of Home Assistant as rules, with what was not understood. Saves nothing. Throws `bad-config`. */
  translate(text: string): TranslationView;
  /** Of triggers and actions, as data for forms. */
  kinds(): KindsView;
  /** Of all rules together, and the graph of who wakes whom. */
  analysis(): Promise<AnalysisView>;
  /** Resolves after the commit. Throws `rule-invalid` with `details.problems`, `tests-failed` likewise, `version-conflict`, `id-mismatch`. */
  save(actor: Actor, options: SaveOptions): Promise<RuleView>;
  delete(actor: Actor, id: string, ifVersion?: number): Promise<void>;
  setEnabled(actor: Actor, id: string, isEnabled: boolean): Promise<RuleSummary>;
  /** Resolves with the run as it stands after its first step: ended, or waiting. */
  run(actor: Actor, id: string, request: RunRequest): Promise<RunView>;
  /** Newest first, each with what it changed. */
  versions(id: string): Promise<readonly RuleVersionView[]>;
  /** The text of one version. */
  version(id: string, version: number): Promise<RuleVersionView>;
  /** Saves the text of an older version as a new one, whatever its tests say. Throws what `save` throws, and `version-missing`. */
  rollback(actor: Actor, id: string, request: RollbackRequest, ifVersion?: number): Promise<RuleView>;
}

/** Which runs are wanted: of all that is said. Times are those of the wake-up. */
export interface RunQuery extends ListOptions, Partial<TimeQuery> {
  readonly rule?: string;
  /** `done`; `not` done; `failed`; `open`: not over. */
  readonly outcome?: RunOutcome;
  /** Its reason; of one without a reason its status. */
  readonly reason?: string;
  /** That woke it. */
  readonly device?: string;
}

export interface RunsApi {
  /** Newest first. Throws `bad-time`. */
  list(options: RunQuery): Promise<Page<RunSummary>>;
  get(id: string): Promise<RunView>;
  cancel(actor: Actor, id: string): Promise<RunView>;
}

export interface TimersApi {
  list(): readonly TimerView[];
  /** A run that waits goes on now, a trigger wakes its rule now. Throws `timer-missing`. */
  fire(actor: Actor, id: string): Promise<void>;
  /** Ends the run that waits, or lets go what a trigger holds. Throws `timer-missing`, `timer-scheduled`. */
  cancel(actor: Actor, id: string): Promise<void>;
}

export interface ExpressionsApi {
  functions(): readonly FunctionView[];
  /** Changes nothing. Throws `topic-missing`. */
  evaluate(actor: Actor, request: EvaluateRequest): EvaluateView;
  /** How the triggers and conditions of a rule's text stand now. Changes nothing. */
  present(text: string): PresentView;
}

/** Persistent variables that rules share. Every change resolves after its commit. */
export interface VariablesApi {
  list(): readonly VariableView[];
  /** Throws `variable-missing`. */
  get(name: string): VariableView;
  /** Throws `variable-invalid`. */
  set(actor: Actor, name: string, request: VariableRequest): Promise<VariableView>;
  delete(actor: Actor, name: string): Promise<void>;
}
