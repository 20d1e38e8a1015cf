// A whole house without a broker or a disk: the live engine in a world of its own on a virtual clock. It can be restarted;
// only rows survive. For rule tests, and for those of the project.
import { type Clock, VirtualClock } from '../../base/index.ts';
import {
  encodePayload,
  Payload,
  type Registry,
  type TopicState,
  type TopicStates,
} from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { PublishEffect, ShadowEffect } from '../effect.ts';
import type { CommandInput, Input, InputOrigin, SignalInput, Unnumbered, UserProperties } from '../input.ts';
import { RuleLibrary } from '../library.ts';
import type { Service } from '../live/calls.ts';
import { type ClientChange, LiveEngine, type LiveEngineOptions } from '../live/live-engine.ts';
import type { LateTrace, Trace } from '../trace/trace.ts';
import { CountingIds } from './counting-ids.ts';
import { MemoryWorldRows } from './memory-rows.ts';
import { PromptCommits } from './prompt-commits.ts';
import { type World, type WorldSettings, worldOf } from './world.ts';

/** A message that left the house. */
export interface Published {
  /** When it was decided. */
  readonly at: number;
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: number;
  readonly retain: boolean;
  readonly isRepeated: boolean;
  readonly expiry?: number;
  readonly properties?: Readonly<Record<string, string>>;
}

/** A message that comes to the house. */
export interface WorldMessage {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  readonly origin?: InputOrigin;
  readonly by?: string;
  readonly stored?: boolean;
  readonly userProperties?: UserProperties;
}

export interface VirtualHouseOptions {
  readonly time: number;
  readonly settings: WorldSettings;
  /** Left by another one; empty without it. */
  readonly rows?: MemoryWorldRows;
  /** Rules that somebody else compiled. */
  readonly library?: RuleLibrary;
  /** Its time stands still, and nothing happens but what `decide` is given. */
  readonly isStill?: boolean;
  readonly plausibleFrom?: number;
  /** What topics did before somebody asked about them. */
  readonly recollect?: LiveEngineOptions['recollect'];
  onTrace?(trace: LateTrace): void;
  readonly onState?: ((state: TopicState) => void) | undefined;
  readonly onShadow?: ((effect: ShadowEffect) => void) | undefined;
}

export type RuleChange = 'saved' | 'enabled' | 'disabled' | 'deleted' | 'suspended';

/** So far apart are the numbers of inputs before and behind a restart. */
const seqBlock = 1_000_000_000;
const nobody = 'test';

export class VirtualHouse {
  clock: VirtualClock;
  readonly published: Published[] = [];
  /** Read at once. */
  readonly traces: Trace[] = [];
  readonly logged: string[] = [];
  /** All of them, those that rules made included. */
  readonly inputs: Input[] = [];
  readonly rows: MemoryWorldRows;
  readonly library: RuleLibrary;
  /** What `http` and its like are answered with, by service. */
  readonly services = new Map<string, Service>();
  readonly #options: VirtualHouseOptions;
  readonly #ids = new CountingIds();
  readonly #inForce = new Map<string, { version: number; enabled: boolean }>();
  #alive: number | undefined;
  world: World;
  live: LiveEngine;

  constructor(options: VirtualHouseOptions) {
    this.#options = options;
    this.clock = new VirtualClock(options.time);
    this.rows = options.rows ?? new MemoryWorldRows();
    this.library = options.library ?? new RuleLibrary(options.settings);
    this.world = this.#makeWorld();
    this.live = this.#makeEngine(1);
    if (options.isStill !== true) this.live.start();
  }

  get states(): TopicStates {
    return this.world.states;
  }

  get home(): World['home'] {
    return this.world.home;
  }

  /** Throws when the house has no formats. */
  get devices(): Registry {
    const { devices } = this.world;
    if (devices === undefined) throw new Error('this house has no formats');
    return devices;
  }

  decide(input: Unnumbered): void {
    this.live.decide(input);
    this.#settle();
  }

  keepSecret(name: string, value: string): void {
    this.home.secrets.put({ name, value, changedAt: this.clock.now() });
  }

  /** Saves a version; a later one than any that was saved. */
  put(rule: CompiledRule, enabled: boolean): void {
    this.library.add(rule);
    this.#inForce.set(rule.id, { version: rule.version, enabled });
    this.#change(rule.id, 'saved');
  }

  /** A version that is later than any that was saved. */
  get nextVersion(): number {
    return Math.max(0, ...[...this.#inForce.values()].map((each) => each.version)) + 1;
  }

  change(rule: string, change: RuleChange): void {
    const version = this.#inForce.get(rule)?.version ?? 0;
    const enabled = change === 'enabled' || change === 'saved' || change === 'suspended';
    this.#inForce.set(rule, { version, enabled });
    this.#change(rule, change);
  }

  publish(message: WorldMessage): void {
    const { topic, qos = 0, retain = false, origin = 'client', by = nobody, stored = false } = message;
    const properties = message.userProperties && { userProperties: message.userProperties };
    const payload = encodePayload(message.payload);
    this.live.accept({ topic, payload, qos, retain, origin, by, stored, ...(properties && { properties }) });
    this.#settle();
  }

  clientChanged(change: Pick<ClientChange, 'client' | 'kind' | 'user' | 'reason'>): void {
    this.live.clientChanged({ address: '192.168.1.7', listener: 'tcp', protocol: '5.0', ...change });
    this.#settle();
  }

  /** What a person or program asks for. */
  command(command: CommandInput['command']): void {
    this.decide({ kind: 'command', at: this.clock.now(), command, by: nobody });
  }

  run(rule: string, payload: unknown, skipConditions = false): void {
    this.command({ do: 'run', rule, run: this.#ids.next(), payload, skipConditions });
  }

  /** Something from outside that is no message. */
  signal(signal: Pick<SignalInput, 'signal' | 'name' | 'value' | 'data'>): void {
    this.decide({ kind: 'signal', at: this.clock.now(), origin: 'api', by: nobody, depth: 0, ...signal });
  }

  cancel(run: string): void {
    this.command({ do: 'cancel', run });
  }

  fire(run: string): void {
    this.decide({ kind: 'timer', at: this.clock.now(), run, byHand: true });
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.#settle();
  }

  /** kill -9 and a start after `downMs`: only rows survive. `opening`: before its listeners are open. */
  restart(downMs: number, opening: () => void = () => undefined): void {
    const { rows } = this;
    const stoppedAt = this.#lastSeen();
    this.clock = new VirtualClock(this.clock.now() + downMs);
    const effects = [...rows.effects.rows.values()];
    const { past } = this.states;
    this.world = this.#makeWorld();
    this.live = this.#makeEngine(this.live.engine.nextSeq + seqBlock);
    for (const [id, { version, enabled }] of this.#inForce) {
      const rule = this.library.find(id, version);
      if (rule) this.live.engine.book.put(rule, enabled, this.clock.now());
    }
    this.states.past.takeOver(past, [stoppedAt, this.clock.now()]);
    this.live.restore({
      runs: [...rows.runs.rows.values()],
      effects,
      calls: [...rows.calls.rows.values()],
      triggers: [...rows.triggers.rows.values()],
      captures: [...rows.captures.rows.values()],
      stoppedAt,
    });
    opening();
    this.live.start();
    this.#settle();
  }

  /** Where nobody had to note that it is alive, an input came last. */
  #lastSeen(): number {
    return this.#alive ?? this.inputs.at(-1)?.at ?? this.clock.now();
  }

  #makeWorld(): World {
    const { rows } = this;
    return worldOf(this.#options.settings, rows, {
      states: [...rows.states.rows.values()],
      variables: [...rows.variables.rows.values()],
      secrets: [...rows.secrets.rows.values()],
      devices: [...rows.devices.rows.values()],
      deviceProperties: [...rows.deviceProperties.rows.values()],
      deviceMappings: [...rows.deviceMappings.rows.values()],
    });
  }

  #makeEngine(firstSeq: number): LiveEngine {
    const { recollect, plausibleFrom = Number.NEGATIVE_INFINITY } = this.#options;
    const { states, devices, home } = this.world;
    const clock: Clock = this.clock;
    return new LiveEngine({
      ...{ states, devices, home, library: this.library, rows: this.rows, services: this.services },
      ...(recollect && { recollect }),
      beat: (at) => {
        this.#alive = at;
      },
      ...{ variables: home.variables, commits: new PromptCommits(), clock, ids: this.#ids, firstSeq },
      breaker: { runs: 100, inMs: 10_000 },
      plausibleFrom,
      observer: {
        input: (input) => void this.inputs.push(input),
        stateKept: (state) => this.#options.onState?.(state),
        trace: (trace) => this.#traced(trace),
        runChanged: () => undefined,
        timerChanged: () => undefined,
        switched: (rule, enabled) => this.#switched(rule, enabled),
        log: (rule, text) => void this.logged.push(`${rule}: ${text}`),
      },
      send: (effect, isRepeated) => this.#sent(effect, isRepeated),
      shadowed: (effect) => this.#options.onShadow?.(effect),
    });
  }

  #change(rule: string, change: RuleChange): void {
    const { version = 0, enabled = false } = this.#inForce.get(rule) ?? {};
    const at = this.clock.now();
    this.decide({ kind: 'rule', at, rule, version, change, enabled, by: nobody });
  }

  #traced(trace: LateTrace): void {
    this.traces.push(trace.read());
    this.#options.onTrace?.(trace);
  }

  #switched(rule: string, enabled: boolean): void {
    const version = this.#inForce.get(rule)?.version ?? 0;
    this.#inForce.set(rule, { version, enabled });
  }

  #sent(effect: PublishEffect, isRepeated: boolean): void {
    const { at, topic, qos, retain, expiry, properties } = effect;
    const payload = new Payload(effect.payload).value ?? null;
    const options = { ...(expiry !== undefined && { expiry }), ...(properties && { properties }) };
    this.published.push({ at, topic, payload, qos, retain, isRepeated, ...options });
  }

  /** Effects leave in a microtask; whoever looks does so at once. */
  #settle(): void {
    this.live.releases.flush();
  }
}
