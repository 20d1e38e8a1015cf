// What a user may do: every adapter (HTTP, live, socket) goes through these use cases and adds nothing of its own.
// Each checks the actor, validates, does the thing, and answers in the shapes of contract.ts. Errors are HomeruleError.
import type { Undo } from '../base/index.ts';
import type { Actor } from './access/actor.ts';
import type { LiveChannel, LiveItems, ProblemView, SystemView } from './contract.ts';
import type { BackupsApi } from './use-cases/backups.ts';
import type { DeviceMappingsApi, DeviceMovesApi, DevicesApi } from './use-cases/devices.ts';
import type { EntryApi } from './use-cases/entry.ts';
import type { EventsApi, FlowCallsApi } from './use-cases/flow-calls.ts';
import type { FlowSeedsApi } from './use-cases/flow-seeds.ts';
import type { FlowsApi } from './use-cases/flows.ts';
import type { BacktestsApi, CausesApi, InquiriesApi, PastApi } from './use-cases/past.ts';
import type { AclApi, AuditApi, SecretsApi, SessionsApi, TokensApi, UsersApi } from './use-cases/people.ts';
import type { PluginsApi } from './use-cases/plugins.ts';
import type { RuleTestsApi } from './use-cases/rule-tests.ts';
import type { ExpressionsApi, RulesApi, RunsApi, TimersApi, VariablesApi } from './use-cases/rules.ts';
import type { ShadowsApi } from './use-cases/shadows.ts';
import type { BridgesApi, ClientsApi, HistoryApi, MessagesApi, TopicsApi } from './use-cases/topics.ts';

export interface Api {
  readonly rules: RulesApi;
  readonly ruleTests: RuleTestsApi;
  readonly shadows: ShadowsApi;
  readonly runs: RunsApi;
  readonly timers: TimersApi;
  readonly topics: TopicsApi;
  readonly devices: DevicesApi;
  readonly deviceMoves: DeviceMovesApi;
  readonly deviceMappings: DeviceMappingsApi;
  readonly variables: VariablesApi;
  readonly history: HistoryApi;
  readonly messages: MessagesApi;
  readonly causes: CausesApi;
  readonly backtests: BacktestsApi;
  readonly past: PastApi;
  readonly inquiries: InquiriesApi;
  readonly clients: ClientsApi;
  readonly users: UsersApi;
  readonly acl: AclApi;
  readonly backups: BackupsApi;
  readonly bridges: BridgesApi;
  readonly plugins: PluginsApi;
  readonly flows: FlowsApi;
  readonly expressions: ExpressionsApi;
  readonly secrets: SecretsApi;
  readonly audit: AuditApi;
  readonly tokens: TokensApi;
  readonly sessions: SessionsApi;
  readonly flowCalls: FlowCallsApi;
  readonly flowSeeds: FlowSeedsApi;
  readonly events: EventsApi;
  system(): SystemView;
  /** True once rules are loaded and the listeners are open. */
  isReady(): boolean;
  /**
   * Calls `listener` for each item as it happens, synchronously: adapters gather and bound.
   * `filter`: an MQTT filter for topics, a rule id for runs and timers, a client or rule id for log lines,
   * the name of a flow for flows, where it must be given. Throws `bad-filter`.
   */
  watch<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo;
}

/** A call of a webhook, as it came. */
export interface HookCall {
  readonly name: string;
  readonly method: string;
  readonly secret: string | undefined;
  readonly body: Uint8Array;
  readonly address: string;
}

/** Without login: the secret of the webhook says who may. */
export interface HooksApi {
  call(call: HookCall): Promise<void>;
}

/** The house as adapters get it: who asks decides what they may do. */
export interface HouseDoor {
  readonly entry: EntryApi;
  readonly hooks: HooksApi;
  as(actor: Actor): Api;
}

export type * from './use-cases/backups.ts';
export type * from './use-cases/devices.ts';
export type * from './use-cases/entry.ts';
export type * from './use-cases/flow-calls.ts';
export type * from './use-cases/flow-seeds.ts';
export type * from './use-cases/flows.ts';
export type * from './use-cases/lists.ts';
export type * from './use-cases/past.ts';
export type * from './use-cases/people.ts';
export type * from './use-cases/plugins.ts';
export type * from './use-cases/rule-tests.ts';
export type * from './use-cases/rules.ts';
export type * from './use-cases/shadows.ts';
export type * from './use-cases/topics.ts';
export type { Actor, ProblemView };
