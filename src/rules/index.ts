export type { Effect, PublishEffect } from './effect.ts';
export type { Input, InputOrigin, MessageInput } from './input.ts';
export type { EffectRow, EngineRows, EngineSink, RuleRow, RuleVersionRow, RunRow } from './ports.ts';
export type {
  Outcome,
  RunStatus,
  Trace,
  TraceEffect,
  TraceError,
  TraceExpression,
  TraceStep,
  TraceTrigger,
} from './trace/trace.ts';
