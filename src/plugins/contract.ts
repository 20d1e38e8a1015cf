// The published contract between the house and a plugin: everything that a plugin may know and ask for. Types only, and
// plain data only, so that it means the same in the process of the house and in one of its own.
// Version 1. What is here is only added to; what a plugin was built against goes on to hold.

/** What people read, in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** JSON Schema 2020-12. A string with `format: secret` is sealed when it is saved, and never shown again. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What stands in `plugin.json`; known before any code of the plugin runs. */
export interface PluginManifest {
  /** Lower-case letters, digits and `-`, at most 40; also the name of its folder. */
  readonly id: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  /** Version of this contract: 1. */
  readonly contract: 1;
  readonly name: Words;
  readonly description?: Words;
  /** The module, from the folder of `plugin.json`; its default export is the `PluginSetup`. */
  readonly main: string;
  /** What people may configure; an object. Without it there is nothing to configure. */
  readonly config?: JsonSchema;
  /** What is not asked for here is refused. */
  readonly permissions?: PluginPermissions;
}

export interface PluginPermissions {
  /** MQTT filters of what it may publish. */
  readonly publish?: readonly string[];
  /** MQTT filters of what it may hear. */
  readonly subscribe?: readonly string[];
  /** `read` knows devices, `set` commands them, `describe` brings new ones. */
  readonly devices?: readonly ('read' | 'set' | 'describe')[];
  /** Names of secrets of the house that it may read; those of its own configuration need no permission. */
  readonly secrets?: readonly string[];
  /** Whether it answers requests under `/plugins/ID`. */
  readonly http?: boolean;
}

/** Called once, when the plugin is switched on. What it throws is why the plugin failed. */
export type PluginSetup = (house: PluginContext) => void | Promise<void>;

export interface PluginContext {
  readonly id: string;
  /** As the schema of the manifest has it: checked, with defaults and secrets in the clear. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Aborted when the plugin is switched off; nothing is delivered afterwards. */
  readonly signal: AbortSignal;
  readonly mqtt: PluginMqtt;
  readonly devices: PluginDevices;
  /** Wakes rules with `event: ID/NAME`. `data` is JSON, at most 64 KB. */
  emit(name: string, data?: unknown): Promise<void>;
  /** For `call: ID/NAME` of rules. */
  offerAction(action: ActionOffer): Promise<void>;
  /** For `notify: NAME`, or `notify: ID/NAME`, of rules. */
  offerChannel(channel: ChannelOffer): Promise<void>;
  /** A function of expressions. It is there for rules as long as the plugin is on, also before it runs. */
  offerFunction(offer: FunctionOffer): Promise<void>;
  /** Answers requests under `/plugins/ID`. */
  offerRoute(route: RouteOffer): Promise<void>;
  /** JSON by key, kept over restarts: at most 1,000 keys of 64 KB. */
  readonly storage: PluginStorage;
  readonly timers: PluginTimers;
  /** A secret of the house by name; undefined when there is none. */
  secret(name: string): Promise<string | undefined>;
  readonly log: PluginLog;
  /** How it is, in words that people see; `ok` until it says otherwise. */
  health(state: PluginHealth, words?: string): void;
}

export type PluginHealth = 'ok' | 'degraded' | 'failing';

export interface PluginMessage {
  readonly topic: string;
  readonly bytes: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: 'client' | 'rule' | 'bridge' | 'flow' | 'api';
  /** Client, rule, bridge or `plugin/ID`; empty when unknown. */
  readonly by: string;
  /** The bytes as UTF-8. */
  readonly text: string;
}

export interface PluginMqtt {
  /** Text and bytes as they are, anything else as JSON. Resolves when the broker has accepted it. QoS 1 and not retained unless it says so. */
  publish(message: {
    readonly topic: string;
    readonly payload: unknown;
    readonly qos?: 0 | 1 | 2;
    readonly retain?: boolean;
  }): Promise<void>;
  /**
   * Every message that is accepted from now on, its own too (`by` is `plugin/ID`), in order, one after the other: the next
   * is given when the promise of the one before has settled. At most 1,000 wait; the oldest are dropped and counted.
   */
  subscribe(filter: string, hear: (message: PluginMessage) => void | Promise<void>): Promise<PluginUndo>;
}

export type PluginUndo = () => Promise<void>;

export interface PluginDevice {
  readonly id: string;
  readonly name: string;
  readonly room?: string;
  readonly labels: readonly string[];
  /** Missing when it does not tell. */
  readonly online?: boolean;
  readonly properties: readonly PluginProperty[];
}

export interface PluginProperty {
  readonly id: string;
  readonly kind: 'boolean' | 'number' | 'choice' | 'text' | 'color' | 'event' | 'button' | 'json';
  readonly role?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
  readonly isCommandable: boolean;
  /** Missing when it was never reported. */
  readonly value?: unknown;
}

export interface DeviceChange {
  readonly device: string;
  readonly property: string;
  readonly value: unknown;
  /** As of a message. */
  readonly origin: string;
  readonly by: string;
}

export interface PluginDevices {
  list(): Promise<readonly PluginDevice[]>;
  get(id: string): Promise<PluginDevice | undefined>;
  /** Rejects with what is wrong when the device cannot do it. */
  set(id: string, properties: Readonly<Record<string, unknown>>): Promise<void>;
  /** Every reported value that became another. */
  onChange(hear: (change: DeviceChange) => void | Promise<void>): Promise<PluginUndo>;
  /**
   * Brings devices that speak MQTT, such as those behind a gateway: all that this source has now, in place of what it said
   * before. They are gone with the plugin; their ids, names and rooms are kept for when it comes back. At most 500 of one
   * source, 1,000 of a plugin.
   */
  describe(source: string, devices: readonly BroughtDevice[]): Promise<void>;
}

/** A device as people describe one by hand. */
export interface BroughtDevice {
  /** Letters, digits and `-`, at most 60: the id that it gets in the house when that is free. */
  readonly id: string;
  readonly name?: string;
  readonly room?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly version?: string;
  readonly properties: readonly BroughtProperty[];
  readonly availability?: {
    /** `read` gives true or false, or nothing when the message does not say. */
    readonly reports: readonly { readonly topic: string; readonly read: string }[];
    readonly mode: 'all' | 'any' | 'latest';
  };
}

export interface BroughtProperty {
  /** `on`, `brightness` (in %), `color`, `temperature`, …: small letters, digits and `_`. */
  readonly id: string;
  readonly name: string;
  readonly kind: PluginProperty['kind'];
  readonly role?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly string[];
  /** `read` is JSONata over `payload`, `raw` and `topic`; without it the payload is the value. */
  readonly reports?: readonly { readonly topic: string; readonly read?: string }[];
  /** `write` is JSONata over `value`, `wanted`, `state` and `transition`; without it the value is sent. */
  readonly command?: {
    readonly topic: string;
    readonly write?: string;
    readonly qos?: 0 | 1 | 2;
    readonly retain?: boolean;
    /** Properties of one group that are set together go in one message. */
    readonly group?: string;
  };
  readonly category?: 'setting' | 'diagnostic';
}

export interface ActionOffer {
  /** Lower-case letters, digits and `-`. */
  readonly name: string;
  readonly doc: Words;
  /** Of `with`; an object. Anything is taken when absent. */
  readonly input?: JsonSchema;
  /** The answer becomes the result of the action, what it throws its error. Has 30 s. */
  act(input: Readonly<Record<string, unknown>>): unknown | Promise<unknown>;
}

export interface FunctionOffer {
  /** Letters and digits. It is called as `$ID_NAME`, with `_` for each `-` of the id. */
  readonly name: string;
  /** JSONata: `function($celsius) { $celsius * 1.8 + 32 }`. It sees its parameters and the functions of the house. */
  readonly source: string;
  readonly doc: Words;
}

export interface Notification {
  readonly title?: string;
  readonly message: string;
  readonly data?: unknown;
}

export interface ChannelOffer {
  readonly name: string;
  readonly doc: Words;
  /** Resolves when the service has taken it. Has 30 s. */
  send(notification: Notification): void | Promise<void>;
}

export interface PluginRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/plugins/ID`, with the leading slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PluginReply {
  readonly status: number;
  /** `application/json` unless it says otherwise. */
  readonly type?: string;
  readonly body?: unknown;
}

export interface RouteOffer {
  readonly method: PluginRequest['method'];
  /** Below `/plugins/ID`: `/` or `/name`; a trailing `/*` is everything below. */
  readonly path: string;
  /** What the caller must be allowed; `admin` when absent. */
  readonly needs?: 'read' | 'operate' | 'edit' | 'admin';
  answer(request: PluginRequest): PluginReply | Promise<PluginReply>;
}

export interface PluginStorage {
  get(key: string): Promise<unknown>;
  /** Resolves when it is on disk. */
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** Gone when the plugin stops. */
export interface PluginTimers {
  after(ms: number, run: () => void | Promise<void>): () => void;
  every(ms: number, run: () => void | Promise<void>): () => void;
}

export interface PluginLog {
  info(words: string): void;
  warn(words: string): void;
  error(words: string): void;
}
