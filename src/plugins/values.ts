// What plugins keep: JSON by key, in RAM and as rows.
import { fail } from './errors.ts';
import { type PluginStore, type PluginValueRow, valueKey } from './ports.ts';

const mostKeys = 1000;
const longestValue = 65_536;
const longestKey = 200;

export class Values {
  readonly #store: PluginStore;
  readonly #byPlugin = new Map<string, Map<string, string>>();

  constructor(store: PluginStore) {
    this.#store = store;
  }

  load(rows: readonly PluginValueRow[]): void {
    for (const { plugin, key, value } of rows) this.#of(plugin).set(key, value);
  }

  get(plugin: string, key: string): unknown {
    const text = this.#byPlugin.get(plugin)?.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  keys(plugin: string): readonly string[] {
    return [...(this.#byPlugin.get(plugin)?.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1));
  }

  /** Resolves when it is on disk. */
  set(plugin: string, key: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value ?? null);
    const values = this.#of(plugin);
    if (text.length > longestValue)
      throw fail('plugin-limit', `a value has at most ${longestValue} characters, "${key}" ${text.length}`);
    if (key === '' || key.length > longestKey)
      throw fail('plugin-bad-call', `expected a key of 1 to ${longestKey} characters`);
    if (!values.has(key) && values.size >= mostKeys)
      throw fail('plugin-limit', `${plugin} keeps ${mostKeys} values already`);
    values.set(key, text);
    const { pluginValues, commits } = this.#store;
    pluginValues.put({ plugin, key, value: text });
    return new Promise((resolve) => commits.whenCommitted(commits.open, resolve));
  }

  delete(plugin: string, key: string): void {
    if (this.#byPlugin.get(plugin)?.delete(key)) this.#store.pluginValues.delete(valueKey(plugin, key));
  }

  /** The plugin is removed. */
  forget(plugin: string): void {
    for (const key of this.keys(plugin)) this.delete(plugin, key);
    this.#byPlugin.delete(plugin);
  }

  #of(plugin: string): Map<string, string> {
    const known = this.#byPlugin.get(plugin) ?? new Map<string, string>();
    this.#byPlugin.set(plugin, known);
    return known;
  }
}
