// Effects on their way out: at once when the decision wrote nothing, after its commit otherwise, always in order.
import type { Commits, Rows } from '../../base/index.ts';
import type { PublishEffect } from '../effect.ts';
import type { EffectRow } from '../ports.ts';

export interface ReleasesHouse {
  readonly commits: Commits;
  readonly rows: Rows<EffectRow>;
  /** Sends it to subscribers. `isRepeated`: it may have gone out before a crash. */
  send(effect: PublishEffect, isRepeated: boolean): void;
}

interface Ready {
  readonly effect: PublishEffect;
  /** Its row is deleted once it was sent. */
  readonly hasRow: boolean;
  readonly isRepeated: boolean;
}

export class Releases {
  readonly #house: ReleasesHouse;
  /** Decided, ready, to be sent when the present message has been handled. */
  #outbox: Ready[] = [];
  #isHeld = false;
  /** Groups of effects that wait for a commit, and the batch of the last of them. */
  #waiting = 0;
  #lastBatch = 0;
  #released = 0;

  constructor(house: ReleasesHouse) {
    this.#house = house;
  }

  get released(): number {
    return this.#released;
  }

  get waiting(): number {
    return this.#waiting + this.#outbox.length;
  }

  /** The effects of one decision, in order. A decision that is durable leaves with its batch. */
  add(effects: readonly PublishEffect[], isDurable: boolean): void {
    if (effects.length === 0) return;
    if (isDurable) {
      for (const effect of effects) this.#house.rows.put(rowOf(effect));
      this.#wait(this.#house.commits.open, effects, true);
    } else if (this.#waiting > 0) this.#wait(this.#lastBatch, effects, false);
    else this.#toOutbox(effects, false);
  }

  /** Whether something is held that may have gone out before. */
  get isRepeating(): boolean {
    return this.#outbox[0]?.isRepeated === true;
  }

  /**
   * Nothing is sent before `resume`; then effects that were committed but perhaps not sent when the last process ended
   * are first in line.
   */
  hold(rows: readonly EffectRow[]): void {
    this.#isHeld = true;
    this.#outbox = rows.map((row) => ({
      effect: effectOf(row),
      hasRow: true,
      isRepeated: true,
    }));
  }

  /** Nobody is there to send to any more: what is ready or becomes so keeps its row, for the next start. */
  close(): void {
    this.#isHeld = true;
  }

  resume(): void {
    this.#isHeld = false;
    this.flush();
  }

  /** Sends what is ready. Called by itself after every decision; tests call it to look at once. */
  flush(): void {
    if (this.#isHeld) return;
    const ready = this.#outbox;
    this.#outbox = [];
    for (const { effect, hasRow, isRepeated } of ready) {
      this.#house.send(effect, isRepeated);
      if (hasRow) this.#house.rows.delete(effect.id);
    }
    this.#released += ready.length;
  }

  #wait(batch: number, effects: readonly PublishEffect[], hasRow: boolean): void {
    this.#waiting++;
    this.#lastBatch = batch;
    this.#house.commits.whenCommitted(batch, () => {
      this.#waiting--;
      this.#toOutbox(effects, hasRow);
    });
  }

  /** Sent in a microtask: never from inside the broker's own publish. */
  #toOutbox(effects: readonly PublishEffect[], hasRow: boolean): void {
    if (this.#outbox.length === 0) queueMicrotask(() => this.flush());
    for (const effect of effects) this.#outbox.push({ effect, hasRow, isRepeated: false });
  }
}

function rowOf(effect: PublishEffect): EffectRow {
  const { id, rule, run, at, topic, payload, qos, retain, expiry, properties } = effect;
  const hasOptions = expiry !== undefined || properties !== undefined;
  const options = hasOptions ? JSON.stringify({ expiry, properties }) : null;
  return { id, rule, run, at, topic, payload, qos, retain, options };
}

function effectOf({ options, ...row }: EffectRow): PublishEffect {
  const more = options === null ? {} : (JSON.parse(options) as Pick<PublishEffect, 'expiry' | 'properties'>);
  return { kind: 'publish', ...row, ...more };
}
