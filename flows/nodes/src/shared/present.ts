// The present of some things of the house, followed live: read once after each connection, changed by what comes.
// Nodes that ask for the same share it. News that come while the present is being read are kept and applied after it;
// where every one counts they are told at once, and what was read counts only where it is younger.
import type { LiveChannel } from '../../../../src/api/contract.ts';
import type { Clock, Undo } from './clock.ts';
import { isUnreachable, messageOf } from './errors.ts';
import type { LiveLink, Watcher } from './live-link.ts';

export interface Listener<Item> {
  heard(item: Item, previous: Item | undefined, how: Heard): void;
  gone?(key: string): void;
  /** All that there is has been told. */
  synced?(): void;
  failed?(reason: string): void;
}

/** How it came to be known. */
export interface Heard {
  /** The present was read (anew): it need not differ from what was before. */
  readonly isSync: boolean;
  /** Of what was told: what of it the message said, also without a change. */
  readonly said?: readonly string[];
}

/** One item that came, or the key of what is gone. */
export type News<Item> =
  | { readonly item: Item; readonly said?: readonly string[] }
  | { readonly gone: string };

export interface Source<Item> {
  readonly channel: LiveChannel;
  readonly filter: string;
  /** Each item is an event, and none may be passed over. */
  readonly every: boolean;
  readonly keyOf: (item: Item) => string;
  /** Orders what was read and what came; never decreases. */
  readonly ageOf: (item: Item) => number;
  readonly newsOf: (live: unknown) => News<Item>;
  readonly read: () => Promise<readonly Item[]>;
}

const retryAfterMs = 2000;
const read: Heard = { isSync: true };

export class Present<Item> implements Watcher {
  readonly #source: Source<Item>;
  readonly #clock: Clock;
  readonly #known = new Map<string, Item>();
  readonly #listeners = new Set<Listener<Item>>();
  readonly #undo: Undo;
  /** Of each key the latest that came while the present was being read. */
  readonly #early = new Map<string, News<Item>>();
  #retry: Undo = () => undefined;
  /** Of the latest reading; an older answer is not used. */
  #reading = 0;
  #isSynced = false;

  constructor(source: Source<Item>, link: LiveLink, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#undo = link.watch(source.channel, source.filter, this);
  }

  get every(): boolean {
    return this.#source.every;
  }

  get isUnused(): boolean {
    return this.#listeners.size === 0;
  }

  get items(): readonly Item[] {
    return [...this.#known.values()];
  }

  /** Who comes later hears at once what is known. */
  listen(listener: Listener<Item>): Undo {
    this.#listeners.add(listener);
    if (this.#isSynced) {
      for (const item of this.#known.values()) listener.heard(item, undefined, read);
      listener.synced?.();
    }
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#undo();
    this.#retry();
    this.#reading++;
  }

  ready(): void {
    this.#isSynced = false;
    this.#retry();
    void this.#read(++this.#reading);
  }

  item(live: unknown): void {
    const news = this.#source.newsOf(live);
    if (!this.#isSynced) this.#early.set(this.#keyOf(news), news);
    if (this.#isSynced || this.#source.every) this.#apply(news);
  }

  refused(reason: string): void {
    for (const listener of this.#listeners) listener.failed?.(reason);
  }

  async #read(reading: number): Promise<void> {
    try {
      const items = await this.#source.read();
      if (reading === this.#reading) this.#sync(items);
    } catch (error) {
      if (reading !== this.#reading) return;
      if (!isUnreachable(error)) this.refused(messageOf(error));
      this.#retry = this.#clock.after(retryAfterMs, () => this.ready());
    }
  }

  #sync(items: readonly Item[]): void {
    const { keyOf } = this.#source;
    const keys = new Set(items.map(keyOf));
    for (const key of [...this.#known.keys()]) if (!keys.has(key)) this.#apply({ gone: key });
    for (const item of items) if (!this.#isTold(item)) this.#take(item, read);
    this.#isSynced = true;
    const early = [...this.#early.values()];
    this.#early.clear();
    for (const news of early) if (!this.#source.every || 'gone' in news) this.#apply(news);
    for (const listener of this.#listeners) listener.synced?.();
  }

  #apply(news: News<Item>): void {
    if ('item' in news) {
      const { item, said } = news;
      this.#take(item, { isSync: false, ...(said !== undefined && { said }) });
      return;
    }
    if (!this.#known.delete(news.gone)) return;
    for (const listener of this.#listeners) listener.gone?.(news.gone);
  }

  #take(item: Item, how: Heard): void {
    const { keyOf, ageOf, every } = this.#source;
    const previous = this.#known.get(keyOf(item));
    const isOld = previous !== undefined && ageOf(previous) > ageOf(item);
    if (isOld && !how.isSync && !every) return;
    this.#known.set(keyOf(item), item);
    for (const listener of this.#listeners) listener.heard(item, previous, how);
  }

  /** It came as an event while the present was being read, or a younger one did. */
  #isTold(item: Item): boolean {
    const { keyOf, ageOf, every } = this.#source;
    const news = every ? this.#early.get(keyOf(item)) : undefined;
    return news !== undefined && 'item' in news && ageOf(news.item) >= ageOf(item);
  }

  #keyOf(news: News<Item>): string {
    return 'item' in news ? this.#source.keyOf(news.item) : news.gone;
  }
}
