// What the use cases ask of the other rooms; satisfied by store and broker, connected by app.ts.
import type { Commits, Rows, Timestamp } from '../base/index.ts';
import type { Input, RuleRow, RuleVersionRow, Source } from '../rules/index.ts';
import type { Permission } from './access/permissions.ts';
import type {
  BackupPreview,
  BackupRequest,
  BackupRestoreView,
  BackupView,
  BridgeView,
  FlowSeedAddedView,
  FlowSeedRequest,
  FlowSeedView,
  FlowsRestoreRequest,
  FlowsView,
  FlowVersionView,
  HistoryView,
  MachineView,
  PluginHttpAnswer,
  PluginHttpRequest,
  PluginView,
  SampleView,
} from './contract.ts';

/** Rules as they are kept. */
export interface RuleStore {
  readonly commits: Commits;
  readonly rules: Rows<RuleRow>;
  readonly versions: Rows<RuleVersionRow>;
  /** Every kept version of a rule, oldest first. */
  versionsOf(rule: string): Promise<readonly RuleVersionRow[]>;
  /** How far the journal goes back at the most. */
  journalFrom(): Timestamp;
}

/** Somebody who is logged in with a browser, as it is kept. */
export interface LoginRow {
  /** Hash of the secret in the cookie. */
  readonly key: string;
  readonly user: string;
  /** Hash of what stands for the password; another password ends the login. */
  readonly password: string;
  readonly address: string;
  /** What the browser says it is, as it came; null when it said nothing, or was let in by an older house. */
  readonly browser: string | null;
  readonly createdAt: Timestamp;
  readonly seenAt: Timestamp;
}

/** A program that may use the API, as it is kept. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly scopes: readonly Permission[];
  /** Who made it. */
  readonly by: string;
  readonly createdAt: Timestamp;
  /** Null: never. */
  readonly expiresAt: Timestamp | null;
  readonly usedAt: Timestamp | null;
}

export interface HistoryGap {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reason: string;
  /** Null: nobody can know. */
  readonly lost: number | null;
}

interface SeriesRange {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
  readonly from: Timestamp;
  readonly to: Timestamp;
}

/** Numeric history; a read sees every message before it. Undefined: there never was such a series. */
export interface HistoryPort {
  draw(
    range: SeriesRange,
    points: number,
  ): Promise<
    | (Pick<HistoryView, 'source' | 'widthMs' | 'points'> & { readonly gaps: readonly HistoryGap[] })
    | undefined
  >;
  samples(
    range: SeriesRange,
  ): Promise<
    | AsyncIterable<readonly { readonly at: Timestamp; readonly value: SampleView['value'] | undefined }[]>
    | undefined
  >;
  /** Of one topic. */
  paths(topic: string): Promise<readonly string[]>;
}

/** The journal; a read sees every input before it. */
export interface JournalPort {
  read(query: {
    readonly from: Timestamp;
    readonly to: Timestamp;
    /** Only messages then. */
    readonly filter?: string;
    /** Only messages of exactly these topics. */
    readonly topics?: readonly string[];
    readonly limit: number;
    /** The last ones; still oldest first. */
    readonly newest: boolean;
    /** `next` of the page before. */
    readonly after?: number;
    /** Answers with what was found after so long. */
    readonly patienceMs: number;
  }): Promise<{
    readonly inputs: readonly Input[];
    readonly gaps: readonly HistoryGap[];
    readonly next: number | undefined;
  }>;
}

/** The part of the broker that people may use. */
export interface MessagePort {
  /** Through the accept seam, like any client's message. */
  publish(message: {
    readonly topic: string;
    readonly payload: Uint8Array;
    readonly qos: 0 | 1 | 2;
    readonly retain: boolean;
    readonly origin: Source['origin'];
    readonly by: string;
    readonly depth?: number;
    readonly cause?: string;
  }): void;
  /** To subscribers only: neither rules nor the journal hear of it. QoS 0. */
  announce(message: {
    readonly topic: string;
    readonly payload: Uint8Array;
    readonly by: string;
    readonly retain?: boolean;
  }): void;
  retainedTopics(filter: string): Iterable<string>;
  /** Whether anybody would get such a message now. */
  isHeard(topic: string): boolean;
  isRetained(topic: string): boolean;
  clearRetained(topic: string): void;
}

/** A user as it is kept. */
export interface StoredUser {
  readonly name: string;
  readonly role: 'admin' | 'editor' | 'viewer' | 'device';
  readonly password: string;
  readonly enabled: boolean;
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
}

/** A rule of access as it is kept. */
export interface StoredAclRule {
  readonly id: string;
  readonly user: string;
  readonly access: 'read' | 'write' | 'readwrite' | 'deny';
  readonly filter: string;
  readonly at: Timestamp;
}

/** Users and rules of access in force. What is put here holds at once and belongs to the open batch. */
export interface AccessPort {
  readonly commits: Commits;
  users(): readonly StoredUser[];
  findUser(name: string): StoredUser | undefined;
  /** Of the house and of the password file, in order. */
  names(): readonly string[];
  /** Whether the name belongs to a user of the password file. */
  isListed(name: string): boolean;
  /** Whether there is an administrator, and so somebody who must log in. */
  hasAdmin(): boolean;
  /** Unknown names and wrong passwords take the same time; `paused`: after several wrong ones. */
  verify(login: {
    readonly name: string;
    readonly password: string;
    readonly address: string;
  }): Promise<'right' | 'wrong' | 'paused' | 'busy'>;
  putUser(user: StoredUser): void;
  deleteUser(name: string): void;
  rules(): readonly StoredAclRule[];
  findRule(id: string): StoredAclRule | undefined;
  /** Throws `access-rule-invalid`. */
  putRule(rule: StoredAclRule): void;
  deleteRule(id: string): void;
  check(question: {
    readonly user?: string | undefined;
    readonly client: string;
    readonly topic: string;
    readonly kind: 'read' | 'write';
  }): {
    readonly isAllowed: boolean;
    readonly because: string;
    readonly why: string;
    readonly line?: string;
  };
  /** Throws `access-file-invalid` and `access-file-unreadable`; then nothing has changed. */
  reload(): Promise<void>;
}

/** Copies of the house in its data folder. */
export interface BackupsPort {
  /** Newest first. */
  list(): readonly BackupView[];
  /** Throws `backup-busy`, `backup-failed`. */
  make(request: BackupRequest): Promise<BackupView>;
  /** Throws `backup-missing`, `backup-damaged`, `backup-newer`. */
  preview(id: string): Promise<BackupPreview>;
  /** Throws `backup-missing`. */
  remove(id: string): Promise<void>;
  /** Ready to be put in place by `restart`. Throws as `preview`. */
  stage(id: string, by: string): Promise<BackupRestoreView>;
  /** Soon, when answers that are on their way are gone. */
  restart(): void;
}

/** Bridges to other brokers. */
export interface BridgesPort {
  list(): readonly BridgeView[];
  /** Throws `bridge-missing`. */
  get(name: string): BridgeView;
  /** Resolves after the commit. Throws `bridge-invalid`, `bridge-fixed`, `bridge-limit`. */
  save(name: string, document: unknown): Promise<BridgeView>;
  /** Throws `bridge-missing`, `bridge-fixed`. */
  remove(name: string): Promise<void>;
}

/** A route that a plugin offers. */
export interface PluginRoute {
  readonly needs: Permission;
  /** Throws `plugin-failed`, `plugin-timeout`, `plugin-limit`, `plugin-unavailable`. */
  answer(request: PluginHttpRequest): Promise<PluginHttpAnswer>;
}

/** Plugins; every change resolves after its commit. */
export interface PluginsPort {
  list(): readonly PluginView[];
  /** Throws `plugin-missing`. */
  get(id: string): PluginView;
  /** Throws `plugin-invalid`, `plugin-exists`. */
  install(folder: string): Promise<PluginView>;
  /** Resolves when it runs or has failed. Throws `plugin-config-invalid`. */
  enable(id: string): Promise<PluginView>;
  disable(id: string): Promise<PluginView>;
  /** Throws `plugin-config-invalid`; then nothing has changed. */
  configure(id: string, config: Readonly<Record<string, unknown>>): Promise<PluginView>;
  /** Throws `plugin-fixed`. */
  remove(id: string): Promise<void>;
  /** Throws `plugin-missing`, `plugin-unavailable`, `plugin-bad-call`, and what the plugin throws. */
  act(id: string, action: string, input: unknown): Promise<unknown>;
  /** Names of channels that can be sent through now. */
  channels(): readonly string[];
  /** Throws `plugin-missing`, `plugin-unavailable`, and what the channel throws. */
  notify(channels: readonly string[], notification: unknown): Promise<void>;
  /** Who answers a request. Throws `plugin-missing`, `plugin-unavailable`. */
  routeFor(id: string, request: PluginHttpRequest): PluginRoute;
}

/** A deploy as it is kept. */
export interface StoredFlows extends Omit<FlowVersionView, 'diff' | 'flows'> {
  readonly flows: readonly FlowNode[];
}

/** Nodes, tabs and subflows alike; what else stands in one is Node-RED's. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [more: string]: unknown;
}

/** A call of Node-RED's admin API. */
export interface FlowsRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/red`: `/flows`. */
  readonly path: string;
  readonly body?: unknown;
  /** Who asks, for Node-RED's own log and for the versions. */
  readonly by: string;
  /** Of a deploy: `nodes` leaves those alone that did not change; all are started anew when absent. */
  readonly deploy?: 'nodes';
}

/** The flows that come with Homerule. */
export interface FlowSeedsPort {
  list(): Promise<readonly FlowSeedView[]>;
  /** Throws `flow-seed-missing`, `flow-seed-setting`, and what `FlowsPort.admin` throws. */
  add(name: string, request: FlowSeedRequest & { readonly by: string }): Promise<FlowSeedAddedView>;
}

export interface FlowsRestore extends FlowsRestoreRequest {
  readonly by: string;
}

/** Node-RED, in a process of its own. */
export interface FlowsPort {
  view(): FlowsView;
  /** Resolves when it runs. Throws `flows-off`, `flows-unavailable`. */
  run(options: { readonly isSafe: boolean }): Promise<void>;
  /** Until `run`, or the next start of the house. */
  halt(): Promise<void>;
  /** Oldest first. */
  versions(): Promise<readonly StoredFlows[]>;
  /** Deploys it, with what was typed into nodes that are gone. Throws what `admin` throws. */
  restore(version: StoredFlows, options: FlowsRestore): Promise<void>;
  /**
   * What its admin API answers, as authorised as an administrator; starts it. Throws `flows-off`, `flows-unavailable`,
   * `flows-changed` for a stale `rev`, `flows-refused` for every other status from 400.
   */
  admin(request: FlowsRequest): Promise<unknown>;
}

interface Subscribed {
  readonly id: string;
  readonly subscriptions: readonly { readonly filter: string; readonly qos: 0 | 1 | 2 }[];
  /** Messages that wait for it. */
  readonly waiting: number;
}

interface ClientFacts {
  readonly client: string;
  readonly user?: string;
  readonly at: Timestamp;
  readonly address: string;
  readonly listener: string;
  readonly protocol: string;
}

/** What an MQTT client did, as the broker tells it. */
export type ClientHappening =
  | ({ readonly kind: 'connected' } & ClientFacts)
  | ({ readonly kind: 'disconnected'; readonly reason: string } & ClientFacts)
  | ({ readonly kind: 'subscribed' | 'unsubscribed'; readonly filters: readonly string[] } & ClientFacts)
  | ({
      readonly kind: 'denied';
      readonly what: string;
      readonly topic: string;
      readonly reason: string;
    } & ClientFacts)
  | { readonly kind: 'refused'; readonly reason: string; readonly at: Timestamp; readonly address: string };

/** The broker's clients. */
export interface ClientsPort {
  connected(): readonly (Subscribed & {
    readonly user?: string;
    /** 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
    readonly protocolVersion: number;
    readonly transport: 'tcp' | 'tls' | 'ws' | 'wss' | 'unix';
    readonly address: string;
    readonly connectedAt: Timestamp;
    readonly keepalive: number;
    readonly clean: boolean;
    readonly inFlight: number;
    readonly traffic: {
      readonly publishesReceived: number;
      readonly publishesSent: number;
      readonly bytesReceived: number;
      readonly bytesSent: number;
      readonly dropped: number;
    };
  })[];
  /** Kept sessions whose clients are away. */
  away(): readonly Subscribed[];
  /** Ends a connection, or a session whose client is away; false when there is neither. */
  end(id: string): boolean;
}

/** Facts about the running process. */
export interface SystemPort {
  readonly version: string;
  readonly dataDir: string;
  machine(): MachineView;
  isReady(): boolean;
  listeners(): readonly {
    readonly kind: 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'unix' | 'http' | 'socket';
    readonly address: string;
    readonly port?: number;
  }[];
  counters(): Readonly<Record<string, number>>;
}
