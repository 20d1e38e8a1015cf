// A house without a broker or a disk: the live engine on a virtual clock, for cases about rules.
import { type Clock, type Ids, type Rows, VirtualClock } from '../../src/base/index.ts';
import {
  type DeviceMappingRow,
  type DevicePropertyRow,
  type DeviceRow,
  type DiscoveryFormat,
  type DiscoveryProblem,
  encodePayload,
  Home,
  type HomeParts,
  Payload,
  Registry,
  type SecretRow,
  type StateRow,
  TopicStates,
  type VariableRow,
} from '../../src/devices/index.ts';
import {
  type CallRow,
  type CaptureRow,
  type ClientChange,
  checkText,
  type EffectRow,
  type HomeSettings,
  type Input,
  type InputOrigin,
  type LateTrace,
  LiveEngine,
  type LiveEngineOptions,
  type PublishEffect,
  RuleLibrary,
  type RunRow,
  type Service,
  type SignalInput,
  type Trace,
  type TriggerRow,
  type Unnumbered,
} from '../../src/rules/index.ts';
import { PromptCommits } from './commits.ts';

/** Rows in a map, as a store keeps them. */
export class MapRows<Row> implements Rows<Row> {
  readonly rows = new Map<string, Row>();
  readonly #keyOf: (row: Row) => string;

  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  put(row: Row): void {
    this.rows.set(this.#keyOf(row), row);
  }

  delete(key: string): void {
    this.rows.delete(key);
  }
}

class CountingIds implements Ids {
  #count = 0;

  next(): string {
    return `id${String(++this.#count).padStart(4, '0')}`;
  }
}

export interface Published {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: number;
  readonly retain: boolean;
  readonly isRepeated: boolean;
  readonly expiry?: number;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface WorldMessage {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  readonly origin?: InputOrigin;
  readonly by?: string;
  readonly stored?: boolean;
  readonly userProperties?: Readonly<Record<string, string>>;
}

type WorldHome = Pick<HomeParts, 'calendar' | 'place' | 'devices'>;

interface WorldOptions extends WorldHome {
  /** Devices are read from topics by these, and by hand. */
  readonly formats?: readonly DiscoveryFormat[];
  readonly time: number;
  readonly zone?: string;
  /** Rules that another world compiled. */
  readonly library?: RuleLibrary;
  /** Its time stands still, and nothing happens but what `decide` is given. */
  readonly isStill?: boolean;
  readonly plausibleFrom?: number;
  /** What topics did before somebody asked about them. */
  readonly recollect?: LiveEngineOptions['recollect'];
}

export class RuleWorld {
  clock: VirtualClock;
  readonly published: Published[] = [];
  /** Read at once. */
  readonly traces: Trace[] = [];
  /** The same, to be read later. */
  readonly late: { readonly trace: LateTrace; readonly atOnce: string }[] = [];
  readonly logged: string[] = [];
  /** All of them, those that rules made included. */
  readonly inputs: Input[] = [];
  readonly runs = new MapRows<RunRow>((row) => row.id);
  readonly effects = new MapRows<EffectRow>((row) => row.id);
  readonly calls = new MapRows<CallRow>((row) => row.id);
  readonly triggers = new MapRows<TriggerRow>((row) => row.id);
  readonly captures = new MapRows<CaptureRow>((row) => row.id);
  /** What `http` and its like are answered with, by service. */
  readonly services = new Map<string, Service>();
  readonly #secrets = new MapRows<SecretRow>((row) => row.name);
  readonly #states = new MapRows<StateRow>((row) => row.topic);
  readonly #variables = new MapRows<VariableRow>((row) => row.name);
  readonly #home: WorldHome;
  readonly #ids = new CountingIds();
  #alive: number | undefined;
  readonly library: RuleLibrary;
  readonly #zone: string;
  readonly #plausibleFrom: number;
  readonly #recollect: LiveEngineOptions['recollect'];
  readonly #enabled = new Map<string, { version: number; enabled: boolean }>();
  readonly deviceRows = {
    devices: new MapRows<DeviceRow>((row) => row.id),
    deviceProperties: new MapRows<DevicePropertyRow>((row) => `${row.device}/${row.property}`),
    deviceMappings: new MapRows<DeviceMappingRow>((row) => row.id),
  };
  /** What discovery complained of. */
  readonly problems: DiscoveryProblem[] = [];
  readonly #formats: readonly DiscoveryFormat[] | undefined;
  #devices: Registry | undefined;
  live: LiveEngine;
  states: TopicStates;
  home: Home;

  constructor(options: WorldOptions) {
    this.clock = new VirtualClock(options.time);
    this.#zone = options.zone ?? 'UTC';
    this.#plausibleFrom = options.plausibleFrom ?? Number.NEGATIVE_INFINITY;
    this.#home = options;
    this.#recollect = options.recollect;
    this.#formats = options.formats;
    this.library = options.library ?? new RuleLibrary(this.#settings);
    [this.live, this.states, this.home] = this.#make(1);
    if (options.isStill !== true) this.live.start();
  }

  decide(input: Unnumbered): void {
    this.live.decide(input);
    this.#settle();
  }

  get #settings(): HomeSettings {
    return { zone: this.#zone, place: this.#home.place };
  }

  keepSecret(name: string, value: string): void {
    this.home.secrets.put({ name, value, changedAt: this.clock.now() });
  }

  /** Saves a rule as text; throws with its problems when it has any. */
  save(text: string): void {
    const known = this.#enabled;
    const version = Math.max(0, ...[...known.values()].map((each) => each.version)) + 1;
    const { rule, problems, document } = checkText(text, { version, home: this.#settings });
    if (rule === undefined)
      throw new Error(problems.map(({ path, code, message }) => `${path} ${code} ${message}`).join('\n'));
    const enabled = Reflect.get(document as object, 'enabled') !== false;
    this.library.add(rule);
    known.set(rule.id, { version, enabled });
    this.live.decide({
      kind: 'rule',
      at: this.clock.now(),
      rule: rule.id,
      version,
      change: 'saved',
      enabled,
      by: 'test',
    });
    this.#settle();
  }

  change(rule: string, change: 'saved' | 'enabled' | 'disabled' | 'deleted' | 'suspended'): void {
    const version = this.#enabled.get(rule)?.version ?? 0;
    const enabled = change === 'enabled' || change === 'saved' || change === 'suspended';
    this.#enabled.set(rule, { version, enabled });
    this.live.decide({ kind: 'rule', at: this.clock.now(), rule, version, change, enabled, by: 'test' });
    this.#settle();
  }

  publish(message: WorldMessage): void {
    const { topic, qos = 0, retain = false, origin = 'client', by = 'test', stored = false } = message;
    const properties = message.userProperties && { userProperties: message.userProperties };
    const payload = encodePayload(message.payload);
    this.live.accept({ topic, payload, qos, retain, origin, by, stored, ...(properties && { properties }) });
    this.#settle();
  }

  clientChanged(change: Pick<ClientChange, 'client' | 'kind' | 'user' | 'reason'>): void {
    this.live.clientChanged({ address: '192.168.1.7', listener: 'tcp', protocol: '5.0', ...change });
    this.#settle();
  }

  run(rule: string, payload: unknown, skipConditions = false): void {
    const command = { do: 'run' as const, rule, run: this.#ids.next(), payload, skipConditions };
    this.live.decide({ kind: 'command', at: this.clock.now(), command, by: 'test' });
    this.#settle();
  }

  /** Something from outside that is no message. */
  signal(signal: Pick<SignalInput, 'signal' | 'name' | 'value' | 'data'>): void {
    this.live.decide({
      kind: 'signal',
      at: this.clock.now(),
      origin: 'api',
      by: 'test',
      depth: 0,
      ...signal,
    });
    this.#settle();
  }

  cancel(run: string): void {
    this.live.decide({ kind: 'command', at: this.clock.now(), command: { do: 'cancel', run }, by: 'test' });
    this.#settle();
  }

  fire(run: string): void {
    this.live.decide({ kind: 'timer', at: this.clock.now(), run, byHand: true });
    this.#settle();
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.#settle();
  }

  /** The machine sleeps: the wall clock and that since its start go on, and nothing else does. */
  sleep(ms: number): void {
    const { clock } = this;
    const uptime = clock.uptime.bind(clock);
    clock.uptime = () => uptime() + ms;
    this.setClock(ms);
  }

  /** The wall clock is set, forward or back. */
  setClock(ms: number): void {
    const { clock } = this;
    const now = clock.now.bind(clock);
    clock.now = () => now() + ms;
  }

  /** kill -9 and a start after `downMs`: only rows survive. `opening`: before its listeners are open. */
  restart(downMs: number, opening: () => void = () => undefined): void {
    this.clock = new VirtualClock(this.clock.now() + downMs);
    const effects = [...this.effects.rows.values()];
    [this.live, this.states, this.home] = this.#make(1_000_000_000);
    this.states.load([...this.#states.rows.values()]);
    const { devices, deviceProperties, deviceMappings } = this.deviceRows;
    this.#devices?.load({
      devices: devices.rows.values(),
      properties: deviceProperties.rows.values(),
      mappings: deviceMappings.rows.values(),
    });
    for (const [id, { version, enabled }] of this.#enabled) {
      const rule = this.library.find(id, version);
      if (rule) this.live.engine.book.put(rule, enabled, this.clock.now());
    }
    this.live.restore({
      runs: [...this.runs.rows.values()],
      effects,
      calls: [...this.calls.rows.values()],
      triggers: [...this.triggers.rows.values()],
      captures: [...this.captures.rows.values()],
      stoppedAt: this.#alive,
    });
    opening();
    this.live.start();
    this.#settle();
  }

  #make(firstSeq: number): [LiveEngine, TopicStates, Home] {
    const payloadBytes = this.#formats === undefined ? 64 : 65_536;
    const states = new TopicStates(this.#states, { topics: 1000, payloadBytes, topicsPerClient: 500 });
    this.#devices = this.#makeDevices(states);
    const rows = { variables: this.#variables, secrets: this.#secrets };
    const home = new Home({
      states,
      rows,
      zone: this.#zone,
      ...this.#home,
      ...(this.#devices && { devices: this.#devices }),
    });
    home.variables.load([...this.#variables.rows.values()]);
    home.secrets.load([...this.#secrets.rows.values()]);
    const clock: Clock = this.clock;
    const live = new LiveEngine({
      states,
      devices: this.#devices,
      home,
      library: this.library,
      rows: this,
      services: this.services,
      ...(this.#recollect && { recollect: this.#recollect }),
      beat: (at) => {
        this.#alive = at;
      },
      variables: home.variables,
      commits: new PromptCommits(),
      clock,
      ids: this.#ids,
      firstSeq,
      breaker: { runs: 100, inMs: 10_000 },
      plausibleFrom: this.#plausibleFrom,
      observer: {
        input: (input) => void this.inputs.push(input),
        stateKept: () => undefined,
        trace: (trace) => {
          const atOnce = trace.read();
          this.traces.push(atOnce);
          this.late.push({ trace, atOnce: JSON.stringify(atOnce) });
        },
        runChanged: () => undefined,
        timerChanged: () => undefined,
        switched: (rule, enabled) => this.#switched(rule, enabled),
        log: (rule, text) => void this.logged.push(`${rule}: ${text}`),
      },
      send: (effect, isRepeated) => this.#sent(effect, isRepeated),
    });
    return [live, states, home];
  }

  /** Throws when the world has no devices. */
  get devices(): Registry {
    if (this.#devices === undefined) throw new Error('this world has no formats');
    return this.#devices;
  }

  #makeDevices(states: TopicStates): Registry | undefined {
    return (
      this.#formats &&
      new Registry({
        formats: this.#formats,
        states,
        rows: this.deviceRows,
        most: 100,
        observer: {
          deviceChanged: () => undefined,
          deviceForgotten: () => undefined,
          problem: (problem) => void this.problems.push(problem),
        },
      })
    );
  }

  #switched(rule: string, enabled: boolean): void {
    const version = this.#enabled.get(rule)?.version ?? 0;
    this.#enabled.set(rule, { version, enabled });
  }

  #sent(effect: PublishEffect, isRepeated: boolean): void {
    const { topic, qos, retain, expiry, properties } = effect;
    const payload = new Payload(effect.payload).value ?? null;
    const options = { ...(expiry !== undefined && { expiry }), ...(properties && { properties }) };
    this.published.push({ topic, payload, qos, retain, isRepeated, ...options });
  }

  /** Effects leave in a microtask; cases look at them at once. */
  #settle(): void {
    this.live.releases.flush();
  }
}
