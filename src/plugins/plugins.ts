// The host: all plugins of the house, switched on and off, configured, installed and removed while it runs.
import type { PluginHttpRequest, PluginRoute, PluginView } from '../api/index.ts';
import { messageOf, type Part } from '../base/index.ts';
import { type Config, Configs } from './configs.ts';
import { fail } from './errors.ts';
import { failureOf } from './failure.ts';
import type { BrokenPlugin, FoundPlugin, PluginFolders } from './folders.ts';
import type { OfferedFunction, PluginHouse, PluginRow } from './ports.ts';
import { Requests } from './requests.ts';
import { routeFor } from './routes.ts';
import { RunningPlugin } from './running-plugin.ts';
import { Values } from './values.ts';
import { viewOf } from './view.ts';

export interface PluginsOptions extends PluginHouse {
  readonly folders: PluginFolders;
  /** Ids of installed plugins that may run in the process of the house all the same. */
  readonly trusted: readonly string[];
}

const noConfig: Config = {};

export class Plugins implements Part {
  readonly #options: PluginsOptions;
  readonly #values: Values;
  readonly #configs: Configs;
  readonly #found = new Map<string, FoundPlugin>();
  readonly #rows = new Map<string, PluginRow>();
  readonly #running = new Map<string, RunningPlugin>();
  readonly #requests = new Requests();
  #broken: readonly BrokenPlugin[] = [];
  #changes: Promise<unknown> = Promise.resolve();

  constructor(options: PluginsOptions) {
    this.#options = options;
    this.#values = new Values(options.store);
    this.#configs = new Configs(options.secrets, options.ids);
  }

  /** Reads rows and folders; nothing runs yet. */
  async load(): Promise<void> {
    const { store, log } = this.#options;
    for (const row of await store.plugins.all()) this.#rows.set(row.id, row);
    this.#values.load(await store.pluginValues.all());
    await this.#look();
    for (const row of this.#rows.values()) if (this.#found.has(row.id)) this.#enforce(row);
    for (const { folder, problem } of this.#broken)
      log.warn({ folder, problem }, 'this plugin cannot be used');
  }

  async start(): Promise<void> {
    const wanted = [...this.#rows.values()].filter(({ enabled }) => enabled);
    await Promise.all(wanted.map(({ id }) => this.#begin(id)));
  }

  async stop(): Promise<void> {
    await this.#changes;
    await Promise.all([...this.#running.values()].map((plugin) => plugin.stop()));
    this.#running.clear();
  }

  list(): readonly PluginView[] {
    return [...this.#found.keys()].map((id) => this.get(id));
  }

  /** Folders that look like a plugin and are none, with the reason. */
  broken(): readonly BrokenPlugin[] {
    return this.#broken;
  }

  /** Throws `plugin-missing`. */
  get(id: string): PluginView {
    const found = this.#get(id);
    const row = this.#rows.get(id);
    return viewOf({
      found,
      isIsolated: this.#isIsolated(found),
      enabled: row?.enabled ?? false,
      reason: row?.reason ?? '',
      config: this.#savedConfig(id),
      running: this.#running.get(id),
    });
  }

  /** Resolves when it runs or has failed. Throws `plugin-config-invalid`. */
  enable(id: string): Promise<PluginView> {
    return this.#change(id, async () => {
      const found = this.#get(id);
      this.#configs.open(found.manifest, this.#savedConfig(id));
      this.#put({ id, enabled: true, reason: '' });
      await this.#end(id);
      await this.#begin(id);
    });
  }

  disable(id: string): Promise<PluginView> {
    return this.#change(id, async () => {
      this.#get(id);
      this.#put({ id, enabled: false, reason: '' });
      await this.#end(id);
    });
  }

  /** A plugin that is on begins again with it. Throws `plugin-config-invalid`; then nothing has changed. */
  configure(id: string, config: Config): Promise<PluginView> {
    return this.#change(id, async () => {
      const found = this.#get(id);
      this.#configs.open(found.manifest, config);
      const sealed = await this.#configs.seal(found.manifest, config);
      const before = this.#savedConfig(id);
      this.#put({ id, config: JSON.stringify(sealed) });
      this.#configs.forget(before, sealed);
      if (this.#rows.get(id)?.enabled !== true) return;
      await this.#end(id);
      await this.#begin(id);
    });
  }

  /** From a folder on this machine. It is not switched on. */
  async install(source: string): Promise<PluginView> {
    const { folders } = this.#options;
    let id = '';
    await this.#inLine(async () => {
      const found = await folders.install(source, (offered) => {
        if (this.#found.get(offered)?.origin === 'shipped')
          throw fail('plugin-exists', `"${offered}" came with the house`);
      });
      id = found.manifest.id;
      await this.#end(id);
      await this.#look();
      if (this.#rows.get(id)?.enabled === true) await this.#begin(id);
    });
    return this.get(id);
  }

  /** With its configuration, its secrets and what it kept. Throws `plugin-fixed`. */
  async remove(id: string): Promise<void> {
    await this.#inLine(async () => {
      const found = this.#get(id);
      if (found.origin === 'shipped')
        throw fail('plugin-fixed', `"${id}" came with the house; it can be switched off, not removed`);
      await this.#end(id);
      await this.#options.folders.remove(found);
      this.#configs.forget(this.#savedConfig(id), noConfig);
      this.#values.forget(id);
      this.#rows.delete(id);
      this.#options.functions.set(id, []);
      this.#options.store.plugins.delete(id);
      this.#found.delete(id);
    });
  }

  /** For the action `call`. */
  async act(id: string, action: string, input: unknown): Promise<unknown> {
    const { running, offer } = this.#offered(
      id,
      ({ actions }) => actions.get(action),
      `the action "${action}"`,
    );
    const checked = offer.check(input);
    if (!checked.ok)
      throw fail(
        'plugin-bad-call',
        `${id}/${action} cannot be called like that: ${checked.problems.join('; ')}`,
      );
    try {
      return await running.ask('act', action, checked.value);
    } catch (error) {
      throw failureOf(`${id}/${action}`, error);
    }
  }

  /** Names of all channels that can be sent through now. */
  channels(): readonly string[] {
    return [...this.#running.values()].flatMap(({ desk }) => [...(desk?.offers.channels ?? [])]);
  }

  /** For the action `notify`: NAME, or ID/NAME. All are tried; what goes wrong comes together. */
  async notify(channels: readonly string[], notification: unknown): Promise<void> {
    const sent = await Promise.allSettled(channels.map((channel) => this.#notify(channel, notification)));
    const [first, ...more] = sent.flatMap((one): readonly unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    if (first === undefined) return;
    if (more.length === 0) throw first;
    throw fail('plugin-unavailable', [first, ...more].map(messageOf).join('; '));
  }

  async #notify(channel: string, notification: unknown): Promise<void> {
    const [id, name] = channel.includes('/') ? channel.split('/') : [undefined, channel];
    const ids = id === undefined ? [...this.#found.keys()] : [id];
    const owner = ids.find((one) => this.#running.get(one)?.desk?.offers.channels.has(name ?? '') === true);
    const running = owner === undefined ? undefined : this.#running.get(owner);
    if (running === undefined || name === undefined)
      throw fail(
        'plugin-missing',
        `no plugin that runs offers the channel "${channel}"; there are: ${this.channels().join(', ') || 'none'}`,
      );
    await running.ask('send', name, notification);
  }

  routeFor(id: string, request: PluginHttpRequest): PluginRoute {
    const { running, offer } = this.#offered(
      id,
      ({ routes }) => routeFor(routes.values(), request),
      `${request.method} ${request.path}`,
    );
    return { needs: offer.needs, answer: (asked) => this.#requests.answer(running, offer, asked) };
  }

  running(id: string): RunningPlugin | undefined {
    return this.#running.get(id);
  }

  counters(): Readonly<Record<string, number>> {
    const figures = this.list().map((view) => view.figures);
    const sum = (name: keyof (typeof figures)[number]) =>
      figures.reduce((total, one) => total + one[name], 0);
    return {
      plugins: this.#running.size,
      pluginErrors: sum('errors'),
      pluginCrashes: sum('crashes'),
      pluginCallsRefused: sum('refused'),
      pluginMessagesDropped: sum('dropped'),
      ...this.#requests.counters(),
    };
  }

  #offered<Offer>(
    id: string,
    find: (offers: NonNullable<RunningPlugin['desk']>['offers']) => Offer | undefined,
    what: string,
  ): { readonly running: RunningPlugin; readonly offer: Offer } {
    this.#get(id);
    const running = this.#running.get(id);
    if (running?.desk === undefined) throw fail('plugin-unavailable', `the plugin "${id}" is not running`);
    const offer = find(running.desk.offers);
    if (offer === undefined) throw fail('plugin-missing', `the plugin "${id}" does not offer ${what}`);
    return { running, offer };
  }

  /** One change at a time; resolves when what it put is on disk. */
  async #inLine(change: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined);
    await done;
    const { commits } = this.#options.store;
    await new Promise<void>((resolve) => commits.whenCommitted(commits.open, resolve));
  }

  async #change(id: string, change: () => Promise<void>): Promise<PluginView> {
    await this.#inLine(change);
    return this.get(id);
  }

  async #begin(id: string): Promise<void> {
    const found = this.#found.get(id);
    if (found === undefined) return; // its folder is gone; the row waits for it
    const { log } = this.#options;
    try {
      const running = new RunningPlugin({
        found,
        house: this.#options,
        values: this.#values,
        config: this.#configs.open(found.manifest, this.#savedConfig(id)),
        isIsolated: this.#isIsolated(found),
        gaveUp: (reason) => this.#put({ id, enabled: false, reason }),
        offers: (functions) => this.#keepFunctions(id, JSON.stringify(functions)),
      });
      this.#running.set(id, running);
      await running.start();
    } catch (error) {
      log.warn({ plugin: id, error: messageOf(error) }, 'a plugin cannot be switched on');
      this.#put({ id, enabled: false, reason: messageOf(error) });
    }
  }

  async #end(id: string): Promise<void> {
    await this.#running.get(id)?.stop();
    this.#running.delete(id);
  }

  async #look(): Promise<void> {
    const { plugins, broken } = await this.#options.folders.find();
    this.#found.clear();
    const byId = plugins.toSorted((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
    for (const found of byId) this.#found.set(found.manifest.id, found);
    this.#broken = broken;
  }

  #get(id: string): FoundPlugin {
    const found = this.#found.get(id);
    if (found === undefined) throw fail('plugin-missing', `there is no plugin "${id}"`);
    return found;
  }

  #isIsolated({ origin, manifest }: FoundPlugin): boolean {
    return origin !== 'shipped' && !this.#options.trusted.includes(manifest.id);
  }

  #put(change: Partial<PluginRow> & Pick<PluginRow, 'id'>): void {
    const { store, clock } = this.#options;
    const before = this.#rows.get(change.id) ?? { enabled: false, config: '{}', reason: '', functions: '[]' };
    const row = { ...before, ...change, at: clock.now() };
    this.#rows.set(row.id, row);
    store.plugins.put(row);
    this.#enforce(row);
  }

  #keepFunctions(id: string, functions: string): void {
    if (this.#rows.get(id)?.functions !== functions) this.#put({ id, functions });
  }

  /** Its functions are there while it is on, whether it runs at the moment or not. */
  #enforce({ id, enabled, functions }: PluginRow): void {
    this.#options.functions.set(id, enabled ? (JSON.parse(functions) as OfferedFunction[]) : []);
  }

  #savedConfig(id: string): Config {
    const text = this.#rows.get(id)?.config;
    return text === undefined ? noConfig : (JSON.parse(text) as Config);
  }
}
