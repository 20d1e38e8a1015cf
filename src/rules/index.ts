export { actionKinds } from './actions/table.ts';
export { variableName } from './actions/var.ts';
export { Analysis, type AnalysisOptions, type RuleAnalysis } from './analyse/analysis.ts';
export {
  type AnalysisFinding,
  type FindingCode,
  type FindingStep,
  findingCodes,
} from './analyse/finding.ts';
export type { GraphEdge, GraphNode, GraphNodeKind, RuleGraph } from './analyse/graph.ts';
export type { AnalysisHouse, KnownDevices, KnownTopics, KnownValues } from './analyse/ports.ts';
export { readsDevices } from './backtest/audience.ts';
export { Backtest, type BacktestOptions } from './backtest/backtest.ts';
export type {
  Agreement,
  BacktestDifference,
  BacktestEffect,
  BacktestFiring,
  BacktestResult,
  BacktestTrigger,
  ByHand,
  Incomplete,
} from './backtest/result.ts';
export type { SideGround } from './backtest/side.ts';
export { type CheckedText, checkText } from './check.ts';
export type { HomeSettings } from './compile/context.ts';
export { acting, type CompiledRule } from './compile/rule.ts';
export type { CallEffect, Effect, PublishEffect, ShadowEffect } from './effect.ts';
export type { BlamedClause, FailedCondition, Happening, WokenHappening } from './explain/happening.ts';
export { type Miss, type MissCode, missesOf } from './explain/misses.ts';
export { type Present, presentOf } from './explain/present.ts';
export type { PresentEntry } from './explain/present-entry.ts';
export { type ValueHint, valueHint } from './explain/value-hint.ts';
export { type Standing, Witness, type WitnessOptions } from './explain/witness.ts';
export type {
  Answer,
  AnswerInput,
  ClientFacts,
  Input,
  InputOrigin,
  MessageInput,
  SignalInput,
  Source,
  Unnumbered,
} from './input.ts';
export { type KindFacts, type KindOption, listKinds } from './kinds.ts';
export { RuleLibrary } from './library.ts';
export type { Service, ServiceCall, Services } from './live/calls.ts';
export {
  type AcceptedMessage,
  type ClientChange,
  type EngineObserver,
  LiveEngine,
  type LiveEngineOptions,
} from './live/live-engine.ts';
export { outgoing } from './live/outgoing.ts';
export { type FieldKind, fieldKinds } from './model/field.ts';
export type { Problem } from './model/problem.ts';
export { splitSource } from './model/source.ts';
export type {
  CallRow,
  CaptureRow,
  EffectRow,
  EngineRows,
  EngineSink,
  RuleRow,
  RuleVersionRow,
  RunRow,
  TriggerRow,
} from './ports.ts';
export {
  DryRun,
  type DryRunOptions,
  type DryRunResult,
  type DryWakeUp,
  type WouldBe,
} from './replay/dry-run.ts';
export { MemoryRows, MemoryWorldRows, unkeptRows, type WorldRows } from './replay/memory-rows.ts';
export type { TimedAnswer } from './replay/pending-answers.ts';
export { PromptCommits } from './replay/prompt-commits.ts';
export { Recording, silentSink } from './replay/recording.ts';
export {
  type GivenWorld,
  Replay,
  type ReplayOptions,
  type RuleInForce,
} from './replay/replay.ts';
export {
  type Published,
  VirtualHouse,
  type VirtualHouseOptions,
  type WorldMessage,
} from './replay/virtual-house.ts';
export { type GivenState, leftOf, type World, type WorldSettings, worldOf } from './replay/world.ts';
export { textWithTest } from './rewrite/added-test.ts';
export { promotedText } from './rewrite/promoted.ts';
export { type Reference, type Renaming, referencesIn, rewriteText } from './rewrite/references.ts';
export type { DueItem } from './run/due-item.ts';
export { Engine } from './run/engine.ts';
export { maxDepth, tooDeep } from './run/outlet.ts';
export { traceOf } from './run/run.ts';
export type { ComingSilence } from './run/silences.ts';
export { heldAbout } from './run/trigger-memory.ts';
export { openWebhooks, webhooksOf } from './run/webhooks.ts';
export type { Due } from './schedule/due-heap.ts';
export { comparisonWindowMs } from './shadow/comparison.ts';
export { mostShadowRows, ShadowLedger } from './shadow/shadow-ledger.ts';
export {
  type ShadowRow,
  type ShadowVerdict,
  shadowDeeds,
  shadowVerdicts,
} from './shadow/shadow-row.ts';
export { Pace } from './testing/pace.ts';
export { playTests, type TestFailure, type TestResult, type Unrun } from './testing/play.ts';
export { recordedGiven } from './testing/recorded-given.ts';
export { RecordedSteps } from './testing/recorded-steps.ts';
export {
  type RecordedTest,
  type RecordedTestDocument,
  recordedTest,
  recordedYaml,
} from './testing/recorded-test.ts';
export { reportOf } from './testing/report.ts';
export type { RuleTest } from './testing/rule-test.ts';
export { shown } from './trace/shown.ts';
export type {
  LateTrace,
  Outcome,
  RunStatus,
  Trace,
  TraceEffect,
  TraceError,
  TraceExpression,
  TraceHead,
  TraceStep,
  TraceTrigger,
} from './trace/trace.ts';
export { headOf, readyTrace } from './trace/trace.ts';
export type { Webhook } from './triggers/kind.ts';
export { triggerKinds } from './triggers/table.ts';
export { madeSecretName, secretKey } from './triggers/webhook.ts';
export {
  type TriedExpression,
  type TriedMessage,
  type TryOptions,
  tryExpression,
} from './try-expression.ts';
