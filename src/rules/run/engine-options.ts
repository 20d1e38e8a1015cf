// What the engine is given, and what it answers for each input.
import type { Ids, Timestamp } from '../../base/index.ts';
import type { TopicStates, Variables } from '../../devices/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { EngineRows, EngineSink } from '../ports.ts';
import type { BreakerLimits } from './breaker.ts';
import type { EngineDevices } from './house-commands.ts';

export interface EngineOptions {
  readonly states: TopicStates;
  readonly home: HomeView;
  /** Absent: there are no devices. */
  readonly devices?: EngineDevices | undefined;
  readonly variables: Variables;
  readonly rows: EngineRows;
  readonly sink: EngineSink;
  readonly ids: Ids;
  /** Any compiled version of a rule that runs may still need. */
  findVersion(rule: string, version: number): CompiledRule | undefined;
  /** The first number that inputs of this process get. */
  readonly firstSeq: number;
  readonly breaker: BreakerLimits;
  /** False: the sink is told of no wake-up that conditions, mode or limit kept from becoming a run. */
  readonly tracesRefusals?: boolean;
  /** The trace of such a wake-up names every condition that fails, those behind the one that decided among them. */
  readonly tracesFailing?: boolean | undefined;
  /** Whether each wake-up that becomes no run leaves a trace then; without it one in a second of each outcome does. */
  readonly tracesEach?: ((at: Timestamp) => boolean) | undefined;
}

/** What one input led to, beyond what the sink got. */
export interface Decision {
  /** Rows were written that effects must wait for. */
  readonly isDurable: boolean;
}
