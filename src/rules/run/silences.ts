// Topics that speak no more: a look for each topic that somebody listens to, at the earliest end of its silence. A
// message only notes its time: the look finds whether the topic spoke meanwhile, and is set again.
import { matchesFilter, type Timestamp, TopicTrie, type Undo } from '../../base/index.ts';
import { paramsOf } from '../../devices/index.ts';
import { isCarried } from '../model/clock-step.ts';
import type { Looks } from './looks.ts';
import { heardOutAt, type Move, movedOutage, type Outage, unheardMs, withOutage } from './outage.ts';
import {
  type Heard,
  type SilenceEntry,
  type SilenceListener,
  type SilenceLook,
  type SilenceWatch,
  TriggerSilence,
  type TriggerSilenceHouse,
} from './silence-watch.ts';
import { triggerWake, type Wake } from './wake.ts';

/** A topic has been silent for long enough. */
export interface Fallen {
  readonly owner: SilenceWatch['owner'];
  readonly wake: Wake;
}

/** A topic that will have been silent for long enough unless it speaks. */
export interface ComingSilence {
  readonly id: string;
  readonly due: Timestamp;
  readonly topic: string;
  readonly owner: SilenceWatch['owner'];
}

interface FallingSilence extends SilenceLook {
  readonly heard: Heard;
}

export interface SilencesHouse extends TriggerSilenceHouse {
  readonly looks: Looks;
}

/** A look this much past its time is late and says so. */
const lateAfterMs = 1000;
const maxCachedTopics = 20_000;

export class Silences {
  readonly #house: SilencesHouse;
  readonly #filters = new TopicTrie<SilenceListener>();
  readonly #listeners = new Set<SilenceListener>();
  readonly #fresh = new Set<SilenceListener>();
  /** Who listens to recent topics. */
  #cache = new Map<string, readonly SilenceListener[]>();
  #outage: Outage | undefined;
  #notBefore: Timestamp = Number.NEGATIVE_INFINITY;

  constructor(house: SilencesHouse) {
    this.#house = house;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** The house was down; devices need a moment to come back, what is due meanwhile is due then. */
  wasDown(outage: Outage, notBefore: Timestamp): void {
    this.#outage = outage;
    this.#notBefore = notBefore;
  }

  /** Devices come back later than that. */
  waitUntil(notBefore: Timestamp): void {
    this.#notBefore = notBefore;
  }

  addTrigger(entry: SilenceEntry): Undo {
    return this.add(new TriggerSilence(entry, this.#house));
  }

  /** It listens from the next `begin` on. */
  add(watch: SilenceWatch): Undo {
    const listener = { watch, topics: new Map(), forMs: undefined, listened: { from: 0, outages: [] } };
    for (const { filter } of watch.source.patterns) this.#filters.add(filter, listener);
    this.#listeners.add(listener);
    this.#fresh.add(listener);
    this.#cache.clear();
    return () => this.#delete(listener);
  }

  /** Whoever was added begins to listen, also to the silence of topics that spoke before. */
  begin(at: Timestamp): void {
    if (this.#fresh.size === 0) return;
    const fresh = [...this.#fresh];
    this.#fresh.clear();
    for (const listener of fresh) this.#begin(listener, at);
  }

  /** What comes out of a store is no word of the topic, unless nothing else was ever heard of it. */
  // hot: test/bench/engine.ts
  onMessage({ topic, at, stored }: { topic: string; at: Timestamp; stored?: boolean }): void {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listening(topic)) {
      const heard = listener.topics.get(topic);
      if (listener.forMs === undefined || (heard !== undefined && stored === true)) continue;
      if (heard?.isArmed === true) heard.spoke = at;
      else this.#hear(listener, topic, at);
    }
  }

  /** Somebody's topic may have been silent for long enough. */
  onLook({ listener, topic }: SilenceLook, input: { at: Timestamp; seq: number }): Fallen | undefined {
    const heard = listener.topics.get(topic);
    if (heard === undefined || !this.#listeners.has(listener)) return undefined;
    heard.isArmed = false;
    const due = this.#dueOf(listener, heard);
    if (due !== undefined && due <= input.at) return this.#fall({ listener, topic, heard }, input, due);
    this.#arm(listener, topic, input.at);
    return undefined;
  }

  /** Those that nobody told of yet. */
  *coming(): Iterable<ComingSilence> {
    for (const listener of this.#listeners) {
      for (const [topic, heard] of listener.topics) {
        const due = heard.isArmed ? this.#dueOf(listener, heard) : undefined;
        const { owner } = listener.watch;
        if (due !== undefined) yield { id: lookId(listener, topic), due, topic, owner };
      }
    }
  }

  find(id: string): ComingSilence | undefined {
    const look = this.#house.looks.find(id);
    if (look?.kind !== 'silence') return undefined;
    const { listener, topic } = look;
    const heard = listener.topics.get(topic);
    const due = heard && this.#dueOf(listener, heard);
    return due === undefined ? undefined : { id, due, topic, owner: listener.watch.owner };
  }

  /** By hand, before its time. */
  fire(id: string, input: { at: Timestamp; seq: number }): Fallen | undefined {
    const taken = this.#take(id);
    return taken && this.#fall(taken, input, input.at);
  }

  /** Nothing is told of this silence; the topic has to speak first. */
  letGo(id: string): void {
    const taken = this.#take(id);
    taken?.listener.watch.told(taken.topic);
  }

  #take(id: string): FallingSilence | undefined {
    const look = this.#house.looks.find(id);
    if (look?.kind !== 'silence') return undefined;
    const { listener, topic } = look;
    const heard = listener.topics.get(topic);
    if (heard === undefined) return undefined;
    this.#house.looks.delete(id);
    heard.isArmed = false;
    return { listener, topic, heard };
  }

  #fall(
    { listener, topic, heard }: FallingSilence,
    input: { at: Timestamp; seq: number },
    due: Timestamp,
  ): Fallen {
    const { watch, listened } = listener;
    watch.told(topic);
    const unobserved = unheardMs([heard.spoke, input.at], listened.outages);
    const wake = {
      ...this.#wakeOf(listener, topic, input),
      value: (input.at - heard.spoke) / 1000,
      late: input.at - due > lateAfterMs ? input.at - due : undefined,
      ...(unobserved > 0 && { unobserved }),
    };
    return { owner: watch.owner, wake };
  }

  /** The wall clock was set: silences keep what is left of them. */
  clockSet(at: Timestamp, stepMs: number): void {
    const move: Move = (time) => (isCarried(time, at, stepMs) ? time + stepMs : time);
    this.#notBefore = move(this.#notBefore);
    if (this.#outage !== undefined) this.#outage = movedOutage(this.#outage, move);
    for (const listener of this.#listeners) {
      if (listener.forMs === undefined) continue;
      const { from, outages } = listener.listened;
      listener.listened = {
        from: move(from),
        outages: outages.map((outage) => movedOutage(outage, move)),
      };
      listener.watch.keep(listener.listened);
      for (const [topic, heard] of listener.topics) {
        heard.spoke = move(heard.spoke);
        if (heard.isArmed) this.#arm(listener, topic, at);
      }
    }
  }

  #begin(listener: SilenceListener, at: Timestamp): void {
    const { watch, topics } = listener;
    listener.forMs = watch.forMs(at);
    if (listener.forMs === undefined) return;
    const known = watch.load();
    const outages = withOutage(known?.outages ?? [], this.#outage);
    listener.listened = { from: known?.from ?? at, outages };
    if (outages !== known?.outages) watch.keep(listener.listened);
    for (const { filter } of watch.source.patterns) {
      for (const { topic, at: spoke } of this.#house.home.states(filter)) {
        topics.set(topic, { spoke: Math.min(spoke, at), isArmed: false });
        if (!watch.isTold(topic)) this.#arm(listener, topic, at);
      }
    }
  }

  /** The first word, or the end of a silence. */
  #hear(listener: SilenceListener, topic: string, at: Timestamp): void {
    listener.topics.set(topic, { spoke: at, isArmed: false });
    listener.watch.spoke(topic);
    this.#arm(listener, topic, at);
  }

  /** Sets the look; a topic that was silent already when somebody began to listen has none. */
  #arm(listener: SilenceListener, topic: string, at: Timestamp): void {
    const heard = listener.topics.get(topic);
    const due = heard && this.#dueOf(listener, heard);
    if (heard === undefined || due === undefined) return;
    heard.isArmed = true;
    this.#house.looks.setAt(lookId(listener, topic), { kind: 'silence', listener, topic }, { due, at });
  }

  #dueOf({ forMs, listened }: SilenceListener, { spoke }: Heard): Timestamp | undefined {
    if (forMs === undefined) return undefined;
    const due = heardOutAt(spoke, forMs, listened.outages);
    return due <= listened.from ? undefined : Math.max(due, this.#notBefore);
  }

  #wakeOf({ watch }: SilenceListener, topic: string, input: { at: Timestamp; seq: number }): Wake {
    const { by, source } = watch;
    const pattern = source.patterns.find(({ filter }) => matchesFilter(filter, topic));
    return {
      ...triggerWake(by, input),
      topic,
      params: { ...by.row, ...paramsOf(pattern?.names ?? [], topic) },
      data: this.#house.home.state(topic),
    };
  }

  // hot: test/bench/engine.ts
  #listening(topic: string): readonly SilenceListener[] {
    const known = this.#cache.get(topic);
    if (known !== undefined) return known;
    if (this.#cache.size >= maxCachedTopics) this.#cache = new Map();
    const listening = [...this.#filters.match(topic)];
    this.#cache.set(topic, listening);
    return listening;
  }

  #delete(listener: SilenceListener): void {
    for (const { filter } of listener.watch.source.patterns) this.#filters.delete(filter, listener);
    for (const topic of listener.topics.keys()) this.#house.looks.delete(lookId(listener, topic));
    this.#listeners.delete(listener);
    this.#fresh.delete(listener);
    this.#cache.clear();
  }
}

/** Topics stand behind a slash and a mark that no other look has. */
function lookId({ watch }: SilenceListener, topic: string): string {
  return `${watch.id}/silence/${topic}`;
}
