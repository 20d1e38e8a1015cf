// Who wakes whom: all portraits of a house, found by what they hear and write. Nothing is kept for a pair of rules, so
// that thousands on one topic cost no more than as many on topics of their own.
import { filterOfShape, TopicTrie } from '../../base/index.ts';
import { heardBy, isSettled, mayWake, wantsNews } from './hearing.ts';
import { type Carrier, type Portrait, type Wake, type Write, wakesOf } from './portrait.ts';

/** A carrier with all wake-ups that do it. */
interface Kept {
  readonly carrier: Carrier;
  readonly authors: Set<Wake>;
  /** Whom it wakes, once that was looked for; as long as nobody comes or goes there. */
  woken: readonly Wake[] | undefined;
}

class Named {
  readonly #wakes = new Map<string, Set<Wake>>();

  add(name: string, wake: Wake): void {
    const wakes = this.#wakes.get(name) ?? new Set();
    this.#wakes.set(name, wakes.add(wake));
  }

  delete(name: string, wake: Wake): void {
    const wakes = this.#wakes.get(name);
    if (wakes?.delete(wake) === true && wakes.size === 0) this.#wakes.delete(name);
  }

  get(name: string): Iterable<Wake> {
    return this.#wakes.get(name) ?? [];
  }
}

export class Links {
  readonly #portraits = new Map<string, Portrait>();
  readonly #hearers = new TopicTrie<Wake>();
  readonly #signals = { event: new Named(), end: new Named() };
  readonly #carriers = new Map<string, Kept>();
  readonly #writes = new TopicTrie<Write>();
  /** Those of which it is known whom they wake. */
  readonly #known = new TopicTrie<Write>();

  get portraits(): ReadonlyMap<string, Portrait> {
    return this.#portraits;
  }

  put(portrait: Portrait): void {
    this.delete(portrait.rule.id);
    this.#portraits.set(portrait.rule.id, portrait);
    for (const wake of wakesOf(portrait)) {
      for (const filter of heardBy(wake)) this.#hearers.add(filter, wake);
      this.#eachSignal(wake, (named, name) => named.add(name, wake));
      for (const { carrier } of wake.deeds) this.#addAuthor(carrier, wake);
    }
    this.#forgetAround(portrait);
  }

  delete(rule: string): Portrait | undefined {
    const portrait = this.#portraits.get(rule);
    if (portrait === undefined) return undefined;
    this.#portraits.delete(rule);
    for (const wake of wakesOf(portrait)) {
      for (const filter of heardBy(wake)) this.#hearers.delete(filter, wake);
      this.#eachSignal(wake, (named, name) => named.delete(name, wake));
      for (const { carrier } of wake.deeds) this.#removeAuthor(carrier, wake);
    }
    this.#forgetAround(portrait);
    return portrait;
  }

  /** The one that stands for all carriers of its key. */
  same(carrier: Carrier): Carrier {
    return this.#carriers.get(carrier.key)?.carrier ?? carrier;
  }

  /** Writes with a topic in common. */
  writesOn(shape: string): Iterable<Write> {
    return this.#writes.overlapping(filterOfShape(shape));
  }

  authorsOf(carrier: Carrier): Iterable<Wake> {
    return this.#carriers.get(carrier.key)?.authors ?? [];
  }

  /** Wake-ups that it may cause again and again. */
  wokenBy(carrier: Carrier): readonly Wake[] {
    const kept = this.#carriers.get(carrier.key);
    if (kept?.woken !== undefined) return kept.woken;
    const woken = this.#findWoken(carrier);
    if (kept === undefined) return woken;
    kept.woken = woken;
    if (carrier.on === 'topic') this.#known.add(filterOfShape(carrier.shape), carrier);
    return woken;
  }

  #findWoken(carrier: Carrier): readonly Wake[] {
    if (carrier.on === 'topic') return [...this.#wokenByWrite(carrier)];
    if (carrier.on !== 'run') return [...this.#signals[carrier.on].get(carrier.name)];
    const run = this.#portraits.get(carrier.name)?.run;
    return run === undefined ? [] : [run];
  }

  *#wokenByWrite(write: Write): Generator<Wake> {
    let isStill: boolean | undefined;
    for (const wake of this.#hearers.overlapping(filterOfShape(write.shape))) {
      if (!mayWake(write, wake)) continue;
      if (wantsNews(wake)) {
        isStill ??= this.#isSettled(write);
        if (isStill) continue;
      }
      yield wake;
    }
  }

  #isSettled(write: Write): boolean {
    const command = write.echoOf?.shape;
    const others = [write.shape, ...(command === undefined ? [] : [command])];
    return isSettled(
      write,
      others.flatMap((shape) => [...this.writesOn(shape)]),
    );
  }

  /** What was found may be otherwise where this rule hears or writes. */
  #forgetAround(portrait: Portrait): void {
    const shapes = new Set<string>();
    this.#forget(`run ${portrait.rule.id}`);
    for (const wake of wakesOf(portrait)) {
      for (const filter of heardBy(wake)) shapes.add(filter);
      this.#eachSignal(wake, (_, name, on) => this.#forget(`${on} ${name}`));
      for (const { carrier } of wake.deeds) if (carrier.on === 'topic') shapes.add(carrier.shape);
    }
    for (const shape of shapes) {
      const filter = filterOfShape(shape);
      for (const write of this.#known.overlapping(filter)) this.#forget(write.key);
    }
  }

  #forget(key: string): void {
    const kept = this.#carriers.get(key);
    if (kept?.woken === undefined) return;
    kept.woken = undefined;
    const { carrier } = kept;
    if (carrier.on === 'topic') this.#known.delete(filterOfShape(carrier.shape), carrier);
  }

  #eachSignal({ trigger }: Wake, visit: (named: Named, name: string, on: 'event' | 'end') => void): void {
    const source = trigger?.source;
    if (source?.on !== 'signal') return;
    if (source.signal !== 'event' && source.signal !== 'rule') return;
    const on = source.signal === 'event' ? 'event' : 'end';
    for (const name of source.names ?? []) visit(this.#signals[on], name, on);
  }

  #addAuthor(carrier: Carrier, wake: Wake): void {
    const kept = this.#carriers.get(carrier.key) ?? { carrier, authors: new Set(), woken: undefined };
    if (kept.authors.size === 0) {
      this.#carriers.set(carrier.key, kept);
      if (carrier.on === 'topic') this.#writes.add(filterOfShape(carrier.shape), carrier);
    }
    kept.authors.add(wake);
  }

  #removeAuthor(carrier: Carrier, wake: Wake): void {
    const kept = this.#carriers.get(carrier.key);
    if (kept?.authors.delete(wake) !== true || kept.authors.size > 0) return;
    this.#forget(carrier.key);
    this.#carriers.delete(carrier.key);
    if (kept.carrier.on === 'topic') this.#writes.delete(filterOfShape(kept.carrier.shape), kept.carrier);
  }
}
