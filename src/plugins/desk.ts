// The house's side of the contract: does what one plugin asks for, as far as it may, and remembers what it registered, so
// that it vanishes with it.
import type { Undo } from '../base/index.ts';
import { CallLimit } from './call-limit.ts';
import type { FunctionOffer, PluginContext, PluginHealth, PluginManifest } from './contract.ts';
import { Delivery } from './delivery.ts';
import { fail } from './errors.ts';
import { type Check, checkOf } from './json-schema.ts';
import type { Link } from './link.ts';
import { Permissions } from './permissions.ts';
import type { OfferedFunction, PluginHouse } from './ports.ts';
import type { OfferedRoute } from './routes.ts';
import type { Values } from './values.ts';

export interface DeskGround {
  readonly manifest: PluginManifest;
  readonly house: PluginHouse;
  readonly values: Values;
  readonly link: Link;
  /** A handler of the plugin failed. */
  failed(error: unknown): void;
  /** There is one function more. */
  offeredFunction(): void;
  /** It asks and asks, however often it is refused. */
  flooded(): void;
}

type Wanted = Parameters<PluginContext['mqtt']['publish']>[0];

/** What a plugin offers to rules and people. */
export interface Offers {
  readonly actions: Map<string, { readonly doc: unknown; readonly input: unknown; readonly check: Check }>;
  readonly channels: Set<string>;
  /** By whole name. */
  readonly functions: Map<string, OfferedFunction>;
  readonly routes: Map<string, OfferedRoute>;
}

const mostOffers = 100;
const mostListeners = 200;
const longestWords = 2000;
const mostDescribed = 1000;
const largestData = 65_536;

export class Desk {
  readonly id: string;
  /** How messages and devices name it. */
  readonly by: string;
  readonly values: Values;
  readonly offers: Offers = {
    actions: new Map(),
    channels: new Set(),
    functions: new Map(),
    routes: new Map(),
  };
  readonly #ground: DeskGround;
  readonly #may: Permissions;
  readonly #limit: CallLimit;
  readonly #delivery: Delivery;
  readonly #listening = new Map<number, Undo>();
  /** How many devices each source brought. */
  readonly #described = new Map<string, number>();
  #health: { readonly state: PluginHealth; readonly words: string } = { state: 'ok', words: '' };
  #asked = 0;

  constructor(ground: DeskGround) {
    const { manifest, house, link, values } = ground;
    this.#ground = ground;
    this.id = manifest.id;
    this.by = `plugin/${manifest.id}`;
    this.values = values;
    this.#may = new Permissions(manifest);
    this.#limit = new CallLimit(house.clock);
    this.#delivery = new Delivery(link, (error) => ground.failed(error));
  }

  get health(): { readonly state: PluginHealth; readonly words: string } {
    return this.#health;
  }

  /** Calls, refused ones, and messages that it was too slow for. */
  figures(): { readonly calls: number; readonly refused: number; readonly dropped: number } {
    return { calls: this.#asked, refused: this.#limit.refused, dropped: this.#delivery.dropped };
  }

  /** Everything that it registered is gone. */
  close(): void {
    this.#delivery.close();
    for (const undo of this.#listening.values()) undo();
    this.#listening.clear();
    const { devices } = this.#ground.house;
    for (const source of this.#described.keys()) devices.describe({ plugin: this.id, source, devices: [] });
    this.#described.clear();
  }

  publish({ topic, payload, qos, retain }: Wanted): void {
    this.#may.publish(topic);
    const { broker } = this.#ground.house;
    broker.publish({ topic, payload, qos: qos ?? 1, retain: retain ?? false, origin: 'bridge', by: this.by });
  }

  subscribe({ id: key, filter }: { readonly id: number; readonly filter: string }): void {
    this.#may.subscribe(filter);
    const undo = this.#ground.house.broker.listen([filter], ({ payload, ...head }) => {
      this.#delivery.add(key, { ...head, bytes: new Uint8Array(payload) });
      return undefined;
    });
    this.#listen(key, undo);
  }

  watch(key: number): void {
    this.#listen(
      key,
      this.directory('read').onChange((change) => this.#delivery.add(key, change)),
    );
  }

  unlisten(key: number): void {
    this.#listening.get(key)?.();
    this.#listening.delete(key);
  }

  describe({ source, devices }: { readonly source: string; readonly devices: readonly unknown[] }): void {
    const directory = this.directory('describe');
    let others = 0;
    for (const [name, count] of this.#described) if (name !== source) others += count;
    if (others + devices.length > mostDescribed)
      throw fail('plugin-limit', `a plugin brings at most ${mostDescribed} devices`);
    directory.describe({ plugin: this.id, source, devices });
    if (devices.length === 0) this.#described.delete(source);
    else this.#described.set(source, devices.length);
  }

  directory(deed: 'read' | 'set' | 'describe'): PluginHouse['devices'] {
    this.#may.devices(deed);
    return this.#ground.house.devices;
  }

  emit({ name, data }: { readonly name: string; readonly data: unknown }): void {
    const size = JSON.stringify(data ?? null).length;
    if (size > largestData)
      throw fail('plugin-limit', `an event has at most ${largestData} bytes, this has ${size}`);
    this.#ground.house.emit({ name: `${this.id}/${name}`, data, by: this.by });
  }

  offerAction({ name, doc, input }: { name: string; doc: unknown; input?: Record<string, unknown> }): void {
    this.#countOffers();
    const check = checkOf(input, `the input of the action ${this.id}/${name}`);
    this.offers.actions.set(name, { doc, input: input ?? {}, check });
  }

  offerChannel(name: string): void {
    this.#countOffers();
    this.offers.channels.add(name);
  }

  offerFunction({ name, source, doc }: FunctionOffer): void {
    this.#countOffers();
    const offered = { name: `${this.id.replaceAll('-', '_')}_${name}`, source, ...doc };
    this.#ground.house.functions.check(offered);
    this.offers.functions.set(offered.name, offered);
    this.#ground.offeredFunction();
  }

  offerRoute(route: OfferedRoute): void {
    this.#may.http();
    this.#countOffers();
    this.offers.routes.set(`${route.method} ${route.path}`, route);
  }

  secret(name: string): string | undefined {
    this.#may.secret(name);
    return this.#ground.house.secrets.value(name);
  }

  log({ level, words: said }: { readonly level: 'info' | 'warn' | 'error'; readonly words: string }): void {
    this.#ground.house.log[level]({ plugin: this.id }, said.slice(0, longestWords));
  }

  tellHealth({ state, words: said }: { readonly state: PluginHealth; readonly words: string }): void {
    this.#health = { state, words: said.slice(0, longestWords) };
  }

  #listen(key: number, undo: Undo): void {
    if (this.#listening.size >= mostListeners || this.#listening.has(key)) {
      undo();
      throw fail('plugin-limit', `a plugin listens to at most ${mostListeners} filters`);
    }
    this.#listening.set(key, undo);
  }

  #countOffers(): void {
    const { actions, channels, functions, routes } = this.offers;
    if (actions.size + channels.size + functions.size + routes.size >= mostOffers)
      throw fail('plugin-limit', `a plugin offers at most ${mostOffers} things`);
  }

  /** Before each call. Throws `plugin-limit`. */
  admit(): void {
    this.#asked++;
    const taken = this.#limit.take();
    if (taken === 'flood') this.#ground.flooded();
    if (taken !== 'taken') throw fail('plugin-limit', 'too many calls: slow down');
  }
}
