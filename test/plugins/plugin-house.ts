// A house as plugins see it, in RAM, for tests of the host.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  ProcessIds,
  SystemClock,
  silentLogger,
  TopicTrie,
  type Undo,
} from '../../src/base/index.ts';
import {
  type DeviceChange,
  PluginFolders,
  type PluginHouse,
  type PluginRow,
  Plugins,
  type PluginValueRow,
  valueKey,
} from '../../src/plugins/index.ts';
import { PromptCommits } from '../support/commits.ts';

type Hear = Parameters<PluginHouse['broker']['listen']>[1];
type Message = Parameters<PluginHouse['broker']['publish']>[0];

class Kept<Row> {
  readonly rows = new Map<string, Row>();
  readonly #key: (row: Row) => string;
  constructor(key: (row: Row) => string) {
    this.#key = key;
  }
  put(row: Row): void {
    this.rows.set(this.#key(row), row);
  }
  delete(key: string): void {
    this.rows.delete(key);
  }
  async all(): Promise<readonly Row[]> {
    return [...this.rows.values()];
  }
}

/** Waits for the next of something, with no more than the test's own time. */
export class Seen<Value> {
  readonly all: Value[] = [];
  readonly #waiting: {
    readonly wanted: (value: Value) => boolean;
    readonly resolve: (value: Value) => void;
  }[] = [];

  add(value: Value): void {
    this.all.push(value);
    for (const one of this.#waiting.filter(({ wanted }) => wanted(value))) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.resolve(value);
    }
  }

  until(wanted: (value: Value) => boolean): Promise<Value> {
    const there = this.all.find(wanted);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }
}

export class TestPluginHouse {
  readonly published = new Seen<Message>();
  readonly events = new Seen<{ readonly name: string; readonly data: unknown; readonly by: string }>();
  readonly states = new Seen<PluginRow>();
  readonly secrets = new Map<string, string>([['shared', 'in the clear']]);
  readonly sets: unknown[] = [];
  /** In force, by plugin. */
  readonly functions = new Map<string, readonly string[]>();
  /** Descriptions by plugin and source. */
  readonly brought = new Map<string, readonly unknown[]>();
  readonly rows = new Kept<PluginRow>(({ id }) => id);
  readonly values = new Kept<PluginValueRow>(({ plugin, key }) => valueKey(plugin, key));
  readonly #listeners = new TopicTrie<Hear>();
  readonly #changes = new Set<(change: DeviceChange) => void>();
  readonly #clock: Clock;
  readonly #places: { readonly shipped: string; readonly installed: string };

  constructor(places: { readonly shipped: string; readonly installed: string }, clock: Clock) {
    this.#places = places;
    this.#clock = clock;
  }

  static async make(shipped: string, clock: Clock = new SystemClock()): Promise<TestPluginHouse> {
    const installed = await mkdtemp(join(tmpdir(), 'homerule-plugins-'));
    return new TestPluginHouse({ shipped, installed }, clock);
  }

  get installed(): string {
    return this.#places.installed;
  }

  /** A host over what is kept: another call is a restart. */
  async host({ isStarted = true } = {}): Promise<Plugins> {
    const plugins = new Plugins({
      folders: new PluginFolders(this.#places),
      trusted: [],
      broker: {
        publish: (message) => {
          this.published.add(message);
          this.say(message.topic, message.payload, message.by);
        },
        listen: (filters, hear) => this.#listen(filters, hear),
      },
      devices: this.#devices(),
      secrets: {
        value: (name) => this.secrets.get(name),
        put: async (name, value) => void this.secrets.set(name, value),
        delete: (name) => void this.secrets.delete(name),
      },
      functions: this.#functions(),
      store: {
        commits: new PromptCommits(),
        plugins: {
          put: (row) => {
            this.rows.put(row);
            this.states.add(row);
          },
          delete: (id) => this.rows.delete(id),
          all: () => this.rows.all(),
        },
        pluginValues: this.values,
      },
      emit: (event) => this.events.add(event),
      clock: this.#clock,
      ids: new ProcessIds(this.#clock),
      log: silentLogger,
    });
    await plugins.load();
    if (isStarted) await plugins.start();
    return plugins;
  }

  #devices(): PluginHouse['devices'] {
    return {
      list: () => [{ id: 'lamp', name: 'Lamp', labels: [], properties: [] }],
      find: () => undefined,
      set: async (id, properties, by) => void this.sets.push({ id, properties, by }),
      onChange: (hear) => {
        this.#changes.add(hear);
        return () => this.#changes.delete(hear);
      },
      describe: ({ plugin, source, devices }) =>
        devices.length === 0
          ? void this.brought.delete(`${plugin}/${source}`)
          : void this.brought.set(`${plugin}/${source}`, devices),
    };
  }

  #functions(): PluginHouse['functions'] {
    return {
      check: ({ name, source }) => {
        if (!source.startsWith('function')) throw new Error(`$${name} cannot be read`);
      },
      set: (plugin, offered) => {
        this.functions.delete(plugin);
        if (offered.length > 0)
          this.functions.set(
            plugin,
            offered.map(({ name }) => name),
          );
      },
    };
  }

  /** A message of a client. */
  say(topic: string, payload: unknown, by = 'client-1'): void {
    const bytes = payload instanceof Uint8Array ? payload : Buffer.from(String(payload));
    for (const hear of this.#listeners.match(topic))
      hear({ topic, payload: bytes, qos: 0, retain: false, origin: 'client', by });
  }

  change(change: DeviceChange): void {
    for (const hear of this.#changes) hear(change);
  }

  get listeners(): number {
    return this.#listeners.size + this.#changes.size;
  }

  async remove(): Promise<void> {
    await rm(this.installed, { recursive: true, force: true });
  }

  #listen(filters: readonly string[], hear: Hear): Undo {
    const undos = filters.map((filter) => this.#listeners.add(filter, hear));
    return () => {
      for (const undo of undos) undo();
    };
  }
}
