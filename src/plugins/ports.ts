// What the host of plugins asks of the house; connected by app.ts.
import type { Clock, Commits, Ids, Logger, Rows, Timestamp, Undo } from '../base/index.ts';
import type { DeviceChange, PluginDevice, PluginMessage } from './contract.ts';

/** A plugin that somebody switched on or off, or configured. */
export interface PluginRow {
  readonly id: string;
  readonly enabled: boolean;
  /** JSON; secrets stand in it by name. */
  readonly config: string;
  /** Why the house switched it off; empty when a person did, or when it is on. */
  readonly reason: string;
  /** JSON: the functions that it offered when it was last set up; in force while it is on. */
  readonly functions: string;
  readonly at: Timestamp;
}

/** A value that a plugin keeps, as JSON. */
export interface PluginValueRow {
  readonly plugin: string;
  readonly key: string;
  readonly value: string;
}

export interface KeptRows<Row> extends Rows<Row> {
  all(): Promise<readonly Row[]>;
}

export interface PluginStore {
  readonly commits: Commits;
  readonly plugins: KeptRows<PluginRow>;
  /** Keyed by `valueKey`. */
  readonly pluginValues: KeptRows<PluginValueRow>;
}

export function valueKey(plugin: string, key: string): string {
  return `${plugin} ${key}`;
}

export interface PluginBroker {
  /** Through the accept seam: bytes and text as they are, anything else as JSON. Throws `bad-topic`. */
  publish(message: Omit<PluginMessage, 'text' | 'bytes'> & { readonly payload: unknown }): void;
  /** Synchronous; the payload is a view: copy to keep it. */
  listen(
    filters: readonly string[],
    hear: (message: Omit<PluginMessage, 'text' | 'bytes'> & { readonly payload: Uint8Array }) => undefined,
  ): Undo;
}

export interface DescribedSource {
  readonly plugin: string;
  readonly source: string;
  /** As the plugin gave them. */
  readonly devices: readonly unknown[];
}

export interface PluginDirectory {
  list(): readonly PluginDevice[];
  find(id: string): PluginDevice | undefined;
  /** Throws what is wrong with the wish. */
  set(id: string, properties: Readonly<Record<string, unknown>>, by: string): Promise<void>;
  onChange(hear: (change: DeviceChange) => void): Undo;
  /** All that a source of a plugin has now. Throws what is wrong with them. */
  describe(source: DescribedSource): void;
}

/** Secrets of the house. */
export interface PluginSecrets {
  value(name: string): string | undefined;
  /** Resolves when it is on disk. */
  put(name: string, value: string): Promise<void>;
  delete(name: string): void;
}

/** A function of expressions, under its whole name. */
export interface OfferedFunction {
  readonly name: string;
  readonly source: string;
  readonly en: string;
  readonly zh: string;
}

export interface PluginFunctions {
  /** Throws what is wrong with its source. */
  check(offered: OfferedFunction): void;
  /** All that one plugin offers now. Rules that use one that came, changed or went are read anew. */
  set(plugin: string, offered: readonly OfferedFunction[]): void;
}

export interface PluginHouse {
  readonly broker: PluginBroker;
  readonly devices: PluginDirectory;
  readonly secrets: PluginSecrets;
  readonly functions: PluginFunctions;
  readonly store: PluginStore;
  /** Wakes rules. */
  emit(event: { readonly name: string; readonly data: unknown; readonly by: string }): void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}
