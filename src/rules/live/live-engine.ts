// The engine in the running house: fed by the broker's accept seam and the clock, its effects released after commits.
import type { BatchNumber, Clock, Commits, Ids, Timestamp, Undo } from '../../base/index.ts';
import type { Recollection, TopicStates, Variables, WantedPast } from '../../devices/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { CallEffect, Effect, PublishEffect, ShadowEffect } from '../effect.ts';
import type { ClientFacts, InputOrigin, Unnumbered, UserProperties } from '../input.ts';
import type { RuleLibrary } from '../library.ts';
import type { CallRow, EffectRow, EngineRows, EngineSink } from '../ports.ts';
import type { BreakerLimits } from '../run/breaker.ts';
import { Engine } from '../run/engine.ts';
import type { EngineDevices } from '../run/house-commands.ts';
import { type KeptRows, reconnectGraceMs } from '../run/restoring.ts';
import { Calls, type Services } from './calls.ts';
import { ClockWatch } from './clock-watch.ts';
import { Heartbeat } from './heartbeat.ts';
import { Recalls } from './recalls.ts';
import { Releases } from './releases.ts';

/** A message as the accept seam gives it. */
export interface AcceptedMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: InputOrigin;
  readonly by: string;
  /** Of a flow's; 0 when absent. */
  readonly depth?: number;
  readonly cause?: string;
  readonly stored?: boolean;
  readonly properties?: { readonly userProperties?: UserProperties };
}

/** A client that came or went, as the broker tells. */
export interface ClientChange extends ClientFacts {
  readonly kind: 'connected' | 'disconnected';
  readonly client: string;
}

/** Who looks on: journal, traces, live views. Called synchronously; must not throw. */
export type EngineObserver = Omit<EngineSink, 'effect'>;

export interface LiveEngineOptions {
  readonly states: TopicStates;
  readonly home: HomeView;
  readonly devices?: EngineDevices | undefined;
  readonly library: RuleLibrary;
  readonly variables: Variables;
  readonly rows: EngineRows;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly firstSeq: number;
  readonly breaker: BreakerLimits;
  /** While the clock shows less it was not set yet, and nothing comes due. */
  readonly plausibleFrom: Timestamp;
  readonly observer: EngineObserver;
  send(effect: PublishEffect, isRepeated: boolean): void;
  /** What a shadow rule would have done. */
  shadowed?(effect: ShadowEffect): void;
  readonly services: Services;
  /** Keeps when the house was last seen alive: what `stoppedAt` is at the next start. */
  beat(at: Timestamp): void;
  /** What topics did before somebody asked; never rejects. Without it nothing is known of that. */
  recollect?(wanted: readonly WantedPast[]): Promise<readonly Recollection[]>;
}

/** What waited when the last process ended. */
export interface Waiting extends KeptRows {
  readonly effects: readonly EffectRow[];
  readonly calls: readonly CallRow[];
  /** When the last process was seen alive for the last time. */
  readonly stoppedAt: Timestamp | undefined;
}

/** The wall clock is looked at again at least this often, so that a step of it is noticed. */
const longestSleepMs = 60_000;
/** So often while it was not set yet. */
const unsetSleepMs = 1000;

export class LiveEngine {
  readonly engine: Engine;
  readonly releases: Releases;
  readonly #options: LiveEngineOptions;
  #publishes: PublishEffect[] = [];
  #begun: CallEffect[] = [];
  #armed: { readonly due: Timestamp; readonly undo: Undo } | undefined;
  /** Calls of the last process, between `restore` and `start`. */
  #kept: readonly CallRow[] | undefined;
  #undoRepeat: Undo | undefined;
  readonly #calls: Calls;
  readonly #clockWatch: ClockWatch;
  readonly #heartbeat: Heartbeat;
  readonly #recalls: Recalls | undefined;
  #isRunning = false;
  #isStopped = false;

  constructor(options: LiveEngineOptions) {
    this.#options = options;
    const { states, home, variables, library, rows, ids, firstSeq, observer, commits, breaker } = options;
    this.#calls = new Calls({
      commits,
      rows: rows.calls,
      services: options.services,
      answer: (call, answer, asked) =>
        this.decide({ kind: 'answer', at: options.clock.now(), call, answer, asked }),
    });
    this.#clockWatch = new ClockWatch(options.clock, options.plausibleFrom);
    this.releases = new Releases({
      commits,
      rows: rows.effects,
      send: (effect, isRepeated) => options.send(effect, isRepeated),
    });
    this.engine = new Engine({
      states,
      home,
      devices: options.devices,
      variables,
      rows,
      ids,
      firstSeq,
      breaker,
      findVersion: (rule, version) => library.find(rule, version),
      sink: { ...observer, effect: (effect) => this.#gather(effect) },
    });
    const recollect = options.recollect?.bind(options);
    this.#recalls =
      recollect &&
      new Recalls({
        past: states.past,
        recollect,
        decide: (one) => this.decide({ kind: 'recalled', at: options.clock.now(), ...one }),
      });
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      isNeeded: () => this.engine.isListening,
      beat: (at) => options.beat(at),
    });
  }

  /** Puts back what waited when the last process ended; nothing goes out before `start`. Rules must be in the book. */
  restore({ runs, effects, calls, triggers, captures, stoppedAt }: Waiting): void {
    const now = this.#options.clock.now();
    const times = { now, notBefore: now + reconnectGraceMs, stoppedAt: stoppedAt ?? now };
    this.engine.restore({ runs, triggers, captures }, times);
    this.releases.hold(effects);
    this.#kept = calls;
  }

  /** The listeners are open: time begins to count, `startup` triggers fire. */
  start(): void {
    this.#isRunning = true;
    if (this.#kept !== undefined) this.#opened(this.#kept);
    this.decide({ kind: 'startup', at: this.#options.clock.now() });
  }

  /** Devices begin to come back only now, however long it took to get here. */
  #opened(calls: readonly CallRow[]): void {
    const { clock } = this.#options;
    this.#kept = undefined;
    this.engine.restoring.opened(clock.now() + reconnectGraceMs);
    if (!this.releases.isRepeating && calls.length === 0) return this.releases.resume();
    this.#undoRepeat = clock.after(reconnectGraceMs, () => {
      this.releases.resume();
      this.#calls.resume(calls);
    });
  }

  stop(): void {
    if (this.#isRunning) this.decide({ kind: 'shutdown', at: this.#options.clock.now() });
    this.#heartbeat.stop();
    this.#recalls?.stop();
    this.#isRunning = false;
    this.#isStopped = true;
    this.#undoRepeat?.();
    this.#calls.close();
    this.#disarm();
  }

  /** The accept seam: what the acknowledgement of the message must wait for. */
  // hot: test/bench/engine.ts
  accept(message: AcceptedMessage): BatchNumber | undefined {
    const { topic, payload, qos, retain, origin, by, depth = 0, cause, stored } = message;
    const at = this.#options.clock.now();
    const userProperties = message.properties?.userProperties;
    const input = { kind: 'message', at, topic, payload, qos, retain, origin, by, depth } as const;
    if (stored !== true && userProperties === undefined && cause === undefined) this.decide(input);
    else
      this.decide({
        ...input,
        ...(cause !== undefined && { cause }),
        ...(stored && { stored }),
        ...(userProperties && { userProperties }),
      });
    return qos > 0 ? this.#options.commits.open : undefined;
  }

  /** As `decide`, but no news once the house stops. */
  told(input: Unnumbered): void {
    if (!this.#isStopped) this.decide(input);
  }

  /** A client came or went. That all go when the house stops is no news. */
  clientChanged(change: ClientChange): void {
    if (this.#isStopped) return;
    const { kind, client, user, address, listener, protocol, reason } = change;
    const facts = {
      ...(user !== undefined && { user }),
      address,
      listener,
      protocol,
      ...(reason !== undefined && { reason }),
    };
    this.decide({
      kind: 'signal',
      at: this.#options.clock.now(),
      signal: 'client',
      name: client,
      value: kind,
      data: facts,
      origin: 'client',
      by: client,
      depth: 0,
    });
  }

  /** The house itself noticed something; `event:` triggers hear it. */
  noticed(name: string, data: unknown): void {
    if (this.#isStopped) return;
    const at = this.#options.clock.now();
    const event = { kind: 'signal', signal: 'event', name, data, at } as const;
    this.decide({ ...event, origin: 'api', by: '', depth: 0 });
  }

  decide(input: Unnumbered): void {
    if (this.#clockWatch.isSurprising(input.at)) this.#lookAtClock(input.at);
    const { isDurable } = this.engine.decide(input);
    this.#release(isDurable || (input.kind === 'message' && input.qos > 0));
    this.#arm();
    if (!this.#isRunning) return;
    this.#heartbeat.look();
    this.#recalls?.look();
  }

  #gather(effect: Effect): void {
    if (effect.kind === 'publish') this.#publishes.push(effect);
    else if (effect.kind === 'call') this.#begun.push(effect);
    else this.#options.shadowed?.(effect);
  }

  /** What a decision came to, when it is complete. */
  #release(isDurable: boolean): void {
    if (this.#begun.length > 0) for (const call of this.#begun.splice(0)) this.#calls.begin(call);
    if (this.#publishes.length === 0) return;
    const publishes = this.#publishes;
    this.#publishes = [];
    this.releases.add(publishes, isDurable);
  }

  /** One timer for the earliest that is due. */
  #arm(): void {
    if (!this.#isRunning) return;
    const next = this.engine.due.peek();
    if (next?.at === this.#armed?.due) return;
    this.#disarm();
    if (next === undefined) return;
    const { clock } = this.#options;
    const ms = this.#clockWatch.isPlausible
      ? Math.min(Math.max(0, next.at - clock.now()), longestSleepMs)
      : unsetSleepMs;
    this.#armed = { due: next.at, undo: clock.after(ms, () => this.#wakeUp()) };
  }

  #disarm(): void {
    this.#armed?.undo();
    this.#armed = undefined;
  }

  #lookAtClock(at: Timestamp): void {
    const stepMs = this.#clockWatch.look();
    if (stepMs === 0) return;
    this.#disarm();
    this.decide({ kind: 'clock', at, stepMs });
  }

  #wakeUp(): void {
    this.#armed = undefined;
    const now = this.#options.clock.now();
    this.#lookAtClock(now);
    if (this.#clockWatch.isPlausible)
      for (let input = this.engine.takeDue(now); input; input = this.engine.takeDue(now)) this.decide(input);
    this.#arm();
  }
}
