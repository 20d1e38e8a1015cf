// Who wants to know when something changes that an expression reads.
import { TopicTrie, type Undo } from '../../base/index.ts';
import type { DeviceNews } from '../../devices/index.ts';
import type { Reads } from '../compile/reads.ts';
import { DevicesIndex } from './devices-index.ts';

/** What an input may have changed of what expressions read. */
export interface Changed {
  /** The topic of the message; undefined when it was none. */
  readonly topic?: string;
  readonly devices: readonly DeviceNews[];
}

export class ReadsIndex<Value> {
  readonly #topics = new TopicTrie<Value>();
  readonly #all = new Set<Value>();
  readonly #devices = new DevicesIndex<Value>();
  /** Those of them to whom it counts, too, that a device only spoke. */
  readonly #seen = new DevicesIndex<Value>();

  get isEmpty(): boolean {
    return this.#topics.size === 0 && this.#all.size === 0 && this.#devices.isEmpty;
  }

  add(reads: Reads, value: Value): Undo {
    if (reads.isAll) {
      this.#all.add(value);
      return () => void this.#all.delete(value);
    }
    for (const filter of reads.topics) this.#topics.add(filter, value);
    const undo = [this.#devices.add(reads.devices, value)];
    if (reads.devices.isSeenRead) undo.push(this.#seen.add(reads.devices, value));
    return () => {
      for (const filter of reads.topics) this.#topics.delete(filter, value);
      for (const each of undo) each();
    };
  }

  /** Whose value may be another one now; each once, in no particular order. */
  // hot: test/bench/engine.ts
  match({ topic, devices }: Changed): readonly Value[] {
    const byTopic = topic === undefined || this.#topics.size === 0 ? [] : this.#topics.match(topic);
    const isOfDevices = devices.length > 0 && !this.#devices.isEmpty;
    if (this.#all.size === 0 && !isOfDevices) return [...byTopic];
    const found = new Set([...this.#all, ...byTopic]);
    if (isOfDevices)
      for (const news of devices)
        for (const value of (news.isSeenOnly ? this.#seen : this.#devices).match(news)) found.add(value);
    return [...found];
  }
}
