// The shapes that adapters speak: HTTP and live answers, read by the web UI, the CLI and programs.
// The server checks requests with the schemas in `requests.ts`; the UI imports these types and nothing else.
import type { Timestamp } from '../base/index.ts';
import type { Problem, RunStatus, Trace } from '../rules/index.ts';

export type {
  Trace,
  TraceEffect,
  TraceError,
  TraceExpression,
  TraceStep,
  TraceTrigger,
} from '../rules/index.ts';
/** A problem of a document: where, what, and what was probably meant. */
export type ProblemView = Problem;
export type { RollbackRequest, RuleVersionView, VersionDiff } from './version-contract.ts';
export type { RunStatus };

/** RFC 9457. `code` is stable; `problems` only with documents. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly ProblemView[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it as `?cursor=` to go on; absent at the end. */
  readonly next?: string;
}

/** `GET /system` */
export interface SystemView {
  readonly version: string;
  readonly node: string;
  readonly startedAt: Timestamp;
  readonly now: Timestamp;
  readonly zone: string;
  readonly dataDir: string;
  readonly listeners: readonly {
    readonly kind: 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'unix' | 'http' | 'socket';
    readonly address: string;
    readonly port?: number;
  }[];
  readonly counters: Readonly<Record<string, number>>;
}

/** How often a rule ended each way since the start of the process. */
export type RuleCounters = Readonly<Partial<Record<RunStatus, number>>>;

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

/** `GET /rules` items and the `rules` live channel. */
export interface RuleSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly enabled: boolean;
  readonly mode: 'single' | 'restart' | 'queued' | 'parallel';
  readonly version: number;
  readonly savedAt: Timestamp;
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
  /** `hold`: what a trigger saw has to hold until then. */
  readonly kind: 'run' | 'schedule' | 'hold';
  readonly rule: string;
  readonly due: Timestamp;
  readonly leftMs: number;
  /** The action that waits, or the trigger that is scheduled or holds. */
  readonly path: string;
  /** Of that action or trigger: `delay`, `wait`, `at`, `change`. */
  readonly verb: string;
  /** The run that waits. */
  readonly run?: string;
  /** What a trigger holds: a topic or a name. */
  readonly about?: string;
}

/** `GET /topics?prefix=&search=` items and the `topics` live channel. */
export interface TopicView {
  readonly topic: string;
  /** Text, cut at 64 KB; base64 when `binary`. */
  readonly payload: string;
  readonly binary?: boolean;
  readonly truncated?: boolean;
  readonly bytes: number;
  readonly at: Timestamp;
  readonly changedAt: Timestamp;
  readonly qos: 0 | 1 | 2;
  /** The latest message had the retain flag. */
  readonly retain: boolean;
  /** The broker holds a retained message for it. */
  readonly retained: boolean;
  readonly origin: string;
  readonly by: string;
  /** Messages since the start of the process. */
  readonly messages: number;
}

/** `GET /topics?parent=` items: one level of the tree. */
export interface TopicNode {
  /** The last level of the topic. */
  readonly name: string;
  readonly topic: string;
  /** Topics below this one. */
  readonly below: number;
  /** Messages on it and below since the start of the process. */
  readonly messages: number;
  /** Present when a message was published on exactly this topic. */
  readonly value?: TopicView;
}

/** `GET /clients` items: a connected client, or a kept session whose client is away; then only the first four. */
export interface ClientSummary {
  readonly id: string;
  readonly connected: boolean;
  readonly subscriptions: readonly { readonly filter: string; readonly qos: 0 | 1 | 2 }[];
  /** Messages that wait for it. */
  readonly queued: number;
  /** Absent for an anonymous client. */
  readonly user?: string;
  /** Empty on a unix socket. */
  readonly address?: string;
  readonly transport?: 'tcp' | 'tls' | 'ws' | 'wss' | 'unix';
  readonly protocol?: '3.1' | '3.1.1' | '5.0';
  readonly connectedAt?: Timestamp;
  /** Seconds; 0 is none. */
  readonly keepAlive?: number;
  /** The session ends with the connection. */
  readonly clean?: boolean;
  /** Messages of QoS 1 and 2 that it has yet to acknowledge. */
  readonly inFlight?: number;
  /** These since it connected. */
  readonly messagesIn?: number;
  readonly messagesOut?: number;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly dropped?: number;
}

/** `POST /publish` */
export interface PublishRequest {
  readonly topic: string;
  /** Text is sent as it is, anything else as JSON. */
  readonly payload: unknown;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
}

export type * from './access-contract.ts';

/**
 * What people may do with the house: administrators everything, editors all but access, viewers look on; devices do not
 * log in. On MQTT administrators may use every topic, all others their own, `NAME/#`, and what rules grant.
 */
export type UserRole = 'admin' | 'editor' | 'viewer' | 'device';

/** `GET /users` items. Nobody is ever told a password or its hash. */
export interface UserView {
  readonly name: string;
  readonly role: UserRole;
  readonly enabled: boolean;
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
}

/** `POST /users` */
export interface UserRequest {
  readonly name: string;
  /** `device` when absent. */
  readonly role?: UserRole;
  /** The house makes one when absent. */
  readonly password?: string;
}

/** Its answer. */
export interface AddedUserView extends UserView {
  /** The one that the house made; told this once. */
  readonly password?: string;
}

/** `POST /users/{name}/password` */
export interface PasswordRequest {
  readonly password: string;
}

/** `deny` takes both away, and goes before every other rule of the house. */
export type AccessWord = 'read' | 'write' | 'readwrite' | 'deny';

/** `POST /acl` */
export interface AclRequest {
  /** A user, or `*` for everybody who has a name; then %u and %c are the user and the client id, each a whole level. */
  readonly user: string;
  readonly access: AccessWord;
  readonly filter: string;
}

/** `GET /acl` items. */
export interface AclRuleView extends AclRequest {
  readonly id: string;
  readonly at: Timestamp;
}

/** `POST /acl/check` */
export interface AclCheckRequest {
  /** Absent: an anonymous client. */
  readonly user?: string;
  /** `check` when absent; matters for rules with %c. */
  readonly client?: string;
  readonly access: 'read' | 'write';
  readonly topic: string;
}

export interface AclCheckView {
  readonly allowed: boolean;
  /** The rule that decides, or why none does. */
  readonly because: string;
}

/** `GET /audit` items: who did what. */
export interface AuditView {
  readonly id: string;
  readonly at: Timestamp;
  /** A user, a token, `socket` or `owner`; of what the broker denied, the client. */
  readonly who: string;
  /** The use case, such as `rules.save`, or what a client was denied, such as `client.publish`. */
  readonly action: string;
  readonly target: string;
  /** Empty on a unix socket. */
  readonly address: string;
  readonly outcome: 'done' | 'failed' | 'refused';
  readonly detail: string;
  /** How often within the minute; more than 1 only for what is counted. */
  readonly count: number;
}

/** `PUT /bridges/{name}`; what is left out is as the reference of the key `bridges` says. */
export interface BridgeRequest {
  /** `HOST`, `HOST:PORT` or `[IPV6]:PORT`. */
  readonly addresses: readonly string[];
  /** Lines of mosquitto: `PATTERN [in|out|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]`. */
  readonly topics: readonly string[];
  readonly [more: string]: unknown;
}

/** `GET /bridges` items. */
export interface BridgeView {
  readonly name: string;
  /** `file`: stands in the configuration and can only be changed there. */
  readonly source: 'file' | 'api';
  /** As they were given, with every default filled in, without the password. */
  readonly settings: {
    readonly enabled: boolean;
    readonly addresses: readonly string[];
    readonly topics: readonly string[];
    readonly [more: string]: unknown;
  };
  readonly hasPassword: boolean;
  readonly clientId: string;
  /** `off`: switched off or stopped. `waiting`: until the next attempt. */
  readonly state: 'off' | 'connecting' | 'connected' | 'waiting' | 'idle';
  readonly since: Timestamp;
  readonly address: string;
  readonly protocol?: 'mqttv50' | 'mqttv311';
  readonly retryAt?: Timestamp;
  readonly lastError?: { readonly at: Timestamp; readonly message: string };
  readonly counters: BridgeFigures;
}

/** What a bridge counts since the start of the process, and what waits in its queue. */
export interface BridgeFigures {
  /** Handed over to the remote, and acknowledged when QoS is above 0. */
  readonly sent: number;
  /** Taken over from the remote. */
  readonly received: number;
  readonly queued: number;
  readonly queuedBytes: number;
  /** Left the queue because it was full, oldest first. */
  readonly dropped: number;
  /** QoS 0 while there was no connection. */
  readonly missed: number;
  readonly expired: number;
  readonly refused: number;
  /** Our own, heard again. */
  readonly echoes: number;
  /** Came home through other houses or bridges. */
  readonly loops: number;
  readonly connects: number;
  readonly failures: number;
}

// --- live: WS /api/v1/live ---------------------------------------------------------------------

export type LiveChannel = 'topics' | 'rules' | 'runs' | 'timers' | 'system' | 'log';

/** From the browser. `filter`: an MQTT filter for topics, a rule id for runs, a client or rule id for log; absent means all. */
export type LiveRequest =
  | { readonly op: 'sub'; readonly id: string; readonly channel: LiveChannel; readonly filter?: string }
  | { readonly op: 'unsub'; readonly id: string };

export type RuleChange =
  | { readonly change: 'saved' | 'enabled' | 'disabled' | 'outcome'; readonly rule: RuleSummary }
  | { readonly change: 'deleted'; readonly id: string };

/** What a client did, or what a rule wrote; never kept. */
export interface LogLine {
  /** Different for each line of this process. */
  readonly id: string;
  readonly at: Timestamp;
  readonly source: 'client' | 'rule';
  /** The client's or the rule's id; empty for a connection that was turned away before it said one. */
  readonly by: string;
  readonly kind: 'connected' | 'disconnected' | 'subscribed' | 'unsubscribed' | 'denied' | 'refused' | 'log';
  readonly text: string;
}

export interface LiveItems {
  readonly topics: TopicView;
  readonly rules: RuleChange;
  readonly runs: RunView;
  readonly timers: { readonly change: 'armed' | 'gone'; readonly timer: TimerView };
  readonly system: SystemView;
  readonly log: LogLine;
}

/** To the browser, at most 10 batches a second for each subscription. */
export type LiveEvent =
  | { readonly op: 'hello'; readonly version: string }
  | { readonly op: 'subscribed'; readonly id: string }
  | {
      readonly op: 'items';
      readonly id: string;
      readonly items: readonly LiveItems[LiveChannel][];
      readonly lagged?: number;
    }
  | { readonly op: 'error'; readonly id?: string; readonly code: string; readonly message: string };
