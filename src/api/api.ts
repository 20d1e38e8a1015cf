// What a user may do: every adapter (HTTP, live, socket) goes through these use cases and adds nothing of its own.
// Each checks the actor, validates, does the thing, and answers in the shapes of contract.ts. Errors are HomeruleError.
import type { Timestamp, Undo } from '../base/index.ts';
import type { Actor } from './access/actor.ts';
import type {
  AddedTokenView,
  LoginRequest,
  SessionView,
  SetupRequest,
  SetupView,
  TokenRequest,
  TokenView,
} from './contract/access.ts';
import type { EvaluateRequest, EvaluateView, FunctionView, SecretView } from './contract/expressions.ts';
import type {
  AclCheckRequest,
  AclCheckView,
  AclRequest,
  AclRuleView,
  AddedUserView,
  AnalysisView,
  AuditView,
  BridgeView,
  CheckView,
  ClientSummary,
  DeviceEditRequest,
  DeviceMappingRequest,
  DeviceMappingView,
  DeviceMoveView,
  DeviceRenameRequest,
  DeviceReplaceRequest,
  DeviceSetRequest,
  DeviceSetView,
  DeviceUsesView,
  DeviceView,
  HistoryView,
  LiveChannel,
  LiveItems,
  MessagePage,
  MessageView,
  Page,
  ProblemView,
  PublishRequest,
  RollbackRequest,
  RuleSummary,
  RuleVersionView,
  RuleView,
  RunRequest,
  RunSummary,
  RunView,
  SampleView,
  SeriesView,
  SystemView,
  TimerView,
  TopicDetail,
  TopicNode,
  TopicView,
  UserRequest,
  UserView,
  VariableRequest,
  VariableView,
} from './contract.ts';
import type { PluginsApi } from './plugins-api.ts';

export interface SaveOptions {
  /** The id in the address; the document's own must agree. */
  readonly id?: string;
  /** YAML or JSON as the author wrote it. */
  readonly text: string;
  /** The version that the author saw; a newer one is the error `version-conflict`. 0: must not exist yet. */
  readonly ifVersion?: number;
  readonly note?: string;
}

export interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
}

export interface RulesApi {
  list(): readonly RuleSummary[];
  /** Throws `rule-missing`. */
  get(id: string): Promise<RuleView>;
  check(text: string): CheckView;
  /** Of all rules together, and the graph of who wakes whom. */
  analysis(): Promise<AnalysisView>;
  /** Resolves after the commit. Throws `rule-invalid` with `details.problems`, `version-conflict`, `id-mismatch`. */
  save(actor: Actor, options: SaveOptions): Promise<RuleView>;
  delete(actor: Actor, id: string, ifVersion?: number): Promise<void>;
  setEnabled(actor: Actor, id: string, isEnabled: boolean): Promise<RuleSummary>;
  /** Resolves with the run as it stands after its first step: ended, or waiting. */
  run(actor: Actor, id: string, request: RunRequest): Promise<RunView>;
  /** Newest first, each with what it changed. */
  versions(id: string): Promise<readonly RuleVersionView[]>;
  /** The text of one version. */
  version(id: string, version: number): Promise<RuleVersionView>;
  /** Saves the text of an older version as a new one. Throws what `save` throws, and `version-missing`. */
  rollback(actor: Actor, id: string, request: RollbackRequest, ifVersion?: number): Promise<RuleView>;
}

export interface RunsApi {
  /** Newest first. */
  list(options: ListOptions & { readonly rule?: string }): Promise<Page<RunSummary>>;
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

export interface ClientsApi {
  /** By id. */
  list(options: ListOptions): Page<ClientSummary>;
  /** Ends a connection, or the session of a client that is away. Throws `client-missing`. */
  end(actor: Actor, id: string): Promise<void>;
}

export interface TopicsApi {
  list(options: ListOptions & { readonly prefix?: string; readonly search?: string }): Page<TopicView>;
  children(parent: string): readonly TopicNode[];
  get(topic: string): TopicDetail;
  publish(actor: Actor, request: PublishRequest): Promise<void>;
  /** Removes a retained message; the last value stays. */
  clearRetained(actor: Actor, topic: string): Promise<void>;
}

export interface DeviceQuery extends ListOptions {
  readonly room?: string;
  readonly label?: string;
  /** In id, name and key. */
  readonly search?: string;
}

export interface DevicesApi {
  /** By id. */
  list(query: DeviceQuery): Page<DeviceView>;
  /** Throws `device-missing`. */
  get(id: string): DeviceView;
  /** What people say of it. Resolves after the commit. Throws `version-conflict`. */
  edit(actor: Actor, id: string, request: DeviceEditRequest, ifVersion?: number): Promise<DeviceView>;
  /** Tells it to take a state. Throws `unknown-property`, `read-only-property`, `bad-value`, `command-failed`. */
  set(actor: Actor, id: string, request: DeviceSetRequest): Promise<DeviceSetView>;
  /** One that is gone. Throws `device-present`. */
  forget(actor: Actor, id: string): Promise<void>;
}

/** What names a device, and other names for it. Without `apply` nothing changes. */
export interface DeviceMovesApi {
  usedBy(id: string): DeviceUsesView;
  /** Throws `device-missing`, `device-exists`, `bad-value`, `rule-invalid`. */
  rename(actor: Actor, id: string, request: DeviceRenameRequest): Promise<DeviceMoveView>;
  replace(actor: Actor, id: string, request: DeviceReplaceRequest): Promise<DeviceMoveView>;
}

/** Descriptions by hand. Every change resolves after its commit. */
export interface DeviceMappingsApi {
  list(): readonly DeviceMappingView[];
  /** Throws `mapping-missing`. */
  get(id: string): DeviceMappingView;
  /** Throws `mapping-invalid`, `version-conflict`. */
  save(
    actor: Actor,
    id: string,
    request: DeviceMappingRequest,
    ifVersion?: number,
  ): Promise<DeviceMappingView>;
  delete(actor: Actor, id: string): Promise<void>;
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

/** `-7d`, `now`, ISO 8601 or epoch milliseconds; the last day when absent. */
export interface TimeQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface HistoryQuery extends TimeQuery {
  readonly topic: string;
  /** Into JSON; the payload itself when absent. */
  readonly path?: string;
}

/** All throw `history-missing`, `bad-time`, `bad-range`. */
export interface HistoryApi {
  draw(query: HistoryQuery & { readonly points?: number }): Promise<HistoryView>;
  /** Every sample, oldest first, page by page; who stops asking stops the reading. */
  samples(query: HistoryQuery): Promise<AsyncIterable<readonly SampleView[]>>;
  /** Never an error: none for a topic that is not known. */
  series(topic: string): Promise<readonly SeriesView[]>;
}

export interface MessageQuery extends ListOptions, TimeQuery {
  /** Default `#`. */
  readonly filter?: string;
  /** Default `newest` first. */
  readonly order?: 'newest' | 'oldest';
}

/** All throw `bad-filter`, `bad-time`, `bad-range`. */
export interface MessagesApi {
  list(query: MessageQuery): Promise<MessagePage>;
  /** Oldest first, page by page, at most `limit`; who stops asking stops the reading. */
  all(query: MessageQuery): AsyncIterable<readonly MessageView[]>;
}

/** Who may connect with a password. Every change resolves after its commit and holds for open connections at once. */
export interface UsersApi {
  list(): readonly UserView[];
  /** Throws `user-missing`. */
  get(name: string): UserView;
  /** Throws `user-exists`, `user-invalid`. */
  add(actor: Actor, request: UserRequest): Promise<AddedUserView>;
  setPassword(actor: Actor, name: string, password: string): Promise<UserView>;
  setEnabled(actor: Actor, name: string, isEnabled: boolean): Promise<UserView>;
  /** The rules about this user go too. */
  delete(actor: Actor, name: string): Promise<void>;
}

/** What users may read and write. */
export interface AclApi {
  /** All rules, or those about one user. */
  list(user?: string): readonly AclRuleView[];
  /** Throws `user-missing`, `access-rule-invalid`. */
  add(actor: Actor, request: AclRequest): Promise<AclRuleView>;
  /** Throws `access-rule-missing`. */
  delete(actor: Actor, id: string): Promise<void>;
  check(request: AclCheckRequest): AclCheckView;
  /** Reads the password file and the ACL file again; a bad one changes nothing and is thrown as `access-file-invalid`. */
  reload(actor: Actor): Promise<void>;
}

export interface BridgesApi {
  /** By name. */
  list(): readonly BridgeView[];
  /** Throws `bridge-missing`. */
  get(name: string): BridgeView;
  /** Resolves after the commit. Throws `bridge-invalid` with `details.problems`, `bridge-fixed`, `bridge-limit`. */
  save(actor: Actor, name: string, document: unknown): Promise<BridgeView>;
  /** Throws `bridge-missing`, `bridge-fixed`. */
  delete(actor: Actor, name: string): Promise<void>;
}

export interface ExpressionsApi {
  functions(): readonly FunctionView[];
  /** Changes nothing. Throws `topic-missing`. */
  evaluate(actor: Actor, request: EvaluateRequest): EvaluateView;
}

/** Every change resolves after its commit. */
export interface AuditQuery extends ListOptions {
  readonly who?: string;
  /** `rules.save`, or `rules` for all of them. */
  readonly action?: string;
  readonly target?: string;
  readonly outcome?: AuditView['outcome'];
  readonly from?: Timestamp;
  readonly to?: Timestamp;
}

export interface AuditApi {
  /** Newest first. */
  list(query: AuditQuery): Page<AuditView>;
}

/** Every change resolves after its commit. */
export interface SecretsApi {
  /** By name. */
  list(): readonly SecretView[];
  /** Throws `secret-invalid`. */
  put(actor: Actor, name: string, value: string): Promise<SecretView>;
  /** Throws `secret-missing`. */
  delete(actor: Actor, name: string): Promise<void>;
}

export interface TokensApi {
  /** Oldest first. */
  list(): readonly TokenView[];
  /** Throws `not-allowed` for what the actor itself may not do, `too-many-tokens`. */
  add(actor: Actor, request: TokenRequest): Promise<AddedTokenView>;
  /** Throws `token-missing`. */
  delete(actor: Actor, id: string): Promise<void>;
}

/** What somebody who comes in has with them. */
export interface Credentials {
  readonly isSocket: boolean;
  /** Whether it is this machine itself; never through a proxy. */
  readonly isLocal: boolean;
  readonly address: string;
  /** Of the cookie. */
  readonly secret?: string;
  readonly bearer?: string;
}

export interface Entered<View> {
  /** For the cookie. */
  readonly secret: string;
  readonly view: View;
}

/** The way in, open to everybody. */
export interface EntryApi {
  /** Throws `token-refused`. */
  identify(credentials: Credentials): Actor;
  /** Whether they may still look on. */
  isCurrent(credentials: Credentials): boolean;
  /** Throws `token-refused`. */
  session(credentials: Credentials): SessionView;
  /** The first administrator. Throws `setup-done`, `setup-code-wrong`, `user-invalid`. */
  setup(credentials: Credentials, request: SetupRequest): Promise<Entered<SetupView>>;
  /** Throws `login-refused`, `login-paused`, `login-busy`. */
  login(credentials: Credentials, request: LoginRequest): Promise<Entered<SessionView>>;
  logout(credentials: Credentials): Promise<void>;
}

export interface Api {
  readonly rules: RulesApi;
  readonly runs: RunsApi;
  readonly timers: TimersApi;
  readonly topics: TopicsApi;
  readonly devices: DevicesApi;
  readonly deviceMoves: DeviceMovesApi;
  readonly deviceMappings: DeviceMappingsApi;
  readonly variables: VariablesApi;
  readonly history: HistoryApi;
  readonly messages: MessagesApi;
  readonly clients: ClientsApi;
  readonly users: UsersApi;
  readonly acl: AclApi;
  readonly bridges: BridgesApi;
  readonly plugins: PluginsApi;
  readonly expressions: ExpressionsApi;
  readonly secrets: SecretsApi;
  readonly audit: AuditApi;
  readonly tokens: TokensApi;
  system(): SystemView;
  /** True once rules are loaded and the listeners are open. */
  isReady(): boolean;
  /**
   * Calls `listener` for each item as it happens, synchronously: adapters gather and bound.
   * `filter`: an MQTT filter for topics, a rule id for runs and timers, a client or rule id for log lines. Throws `bad-filter`.
   */
  watch<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo;
}

/** The house as adapters get it: who asks decides what they may do. */
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

export interface HouseDoor {
  readonly entry: EntryApi;
  readonly hooks: HooksApi;
  as(actor: Actor): Api;
}

export type { Actor, PluginsApi, ProblemView };
