// The shapes about plugins.

/** `GET /plugins` items. */
export interface PluginView {
  readonly id: string;
  readonly version: string;
  /** Of the plugin contract. */
  readonly contract: number;
  readonly name: { readonly en: string; readonly zh: string };
  readonly description?: { readonly en: string; readonly zh: string };
  readonly origin: 'shipped' | 'installed';
  /** In a process of its own. */
  readonly isIsolated: boolean;
  readonly enabled: boolean;
  /** `waiting`: its process ended and is started again after a pause. */
  readonly state: 'off' | 'starting' | 'running' | 'waiting' | 'failed';
  /** Why it failed or waits; empty when it runs or a person switched it off. */
  readonly reason: string;
  /** As the plugin itself says, with its words. */
  readonly health: 'ok' | 'degraded' | 'failing';
  readonly words: string;
  readonly permissions: {
    readonly publish?: readonly string[];
    readonly subscribe?: readonly string[];
    readonly devices?: readonly ('read' | 'set' | 'describe')[];
    readonly secrets?: readonly string[];
    readonly http?: boolean;
  };
  /** JSON Schema of the configuration; empty when there is nothing to configure. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Secrets stand in it as `{ "$secret": NAME }`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly actions: readonly string[];
  readonly channels: readonly string[];
  /** `GET /name`, below `/plugins/ID`. */
  readonly routes: readonly string[];
  readonly figures: PluginFigures;
}

/** Since the plugin was switched on. */
export interface PluginFigures {
  /** Calls to the house, and those refused as too many. */
  readonly calls: number;
  readonly refused: number;
  /** Messages that it was too slow for. */
  readonly dropped: number;
  readonly errors: number;
  readonly crashes: number;
}

/** `POST /plugins`: a folder of this machine with a `plugin.json`; it is copied. */
export interface PluginRequest {
  readonly folder: string;
}

/** `POST /plugins/{id}/actions/{action}`: what the action answered. */
export interface PluginActionView {
  readonly result: unknown;
}

/** `POST /notifications` */
export interface NotificationRequest {
  readonly channels: readonly string[];
  readonly title?: string;
  readonly message: string;
  /** What the channels know, such as a priority. */
  readonly data?: unknown;
}

/** A request under `/plugins/ID`. */
export interface PluginHttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/plugins/ID`, with the leading slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PluginHttpAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'text/plain' | 'text/csv';
  readonly text: string;
}
