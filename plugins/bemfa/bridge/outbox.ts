// What the cloud is told of each topic: at most once a second, the latest state only, and nothing that it knows. While
// the cloud is away the states wait; the bound is one text for each topic.
import type { Clock, Undo } from '../../../src/base/index.ts';

export interface OutboxOptions {
  readonly clock: Clock;
  /** Between two messages of a topic. */
  readonly everyMs: number;
  /** Time for a device to do what the cloud told it, before its state is told. */
  readonly settleMs: number;
  /** Whether the cloud has the topic; what is published to others is lost. */
  readonly has: (topic: string) => boolean;
  readonly send: (topic: string, text: string) => void;
}

class Slot {
  /** What we would say. */
  state: string | undefined;
  /** What the cloud has, as far as we know. */
  known: string | undefined;
  isTold = false;
  /** On the monotonic clock. */
  notBefore = Number.NEGATIVE_INFINITY;
  undo: Undo = () => undefined;
}

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #slots = new Map<string, Slot>();
  #isOpen = false;
  #superseded = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** States that a later one overtook before they were told. */
  get superseded(): number {
    return this.#superseded;
  }

  /** The state of a device. */
  offer(topic: string, text: string): void {
    const slot = this.#slot(topic);
    if (text === slot.state) return;
    if (slot.state !== undefined && !slot.isTold) this.#superseded += 1;
    slot.state = text;
    slot.isTold = false;
    this.#arrange(topic, slot);
  }

  /** The cloud said this itself. If the device does not follow, the cloud is told what it is. */
  heard(topic: string, text: string): void {
    const slot = this.#slot(topic);
    const { clock, settleMs } = this.#options;
    slot.known = text;
    slot.notBefore = Math.max(slot.notBefore, clock.monotonic() + settleMs);
    this.#arrange(topic, slot);
  }

  /** The cloud is there. What it has kept is not known: each state is told again, once. */
  open(): void {
    this.#isOpen = true;
    for (const topic of this.#slots.keys()) this.renew(topic);
  }

  /** The cloud has the topic now, and what it kept there is not known. */
  renew(topic: string): void {
    const slot = this.#slot(topic);
    slot.known = undefined;
    this.#arrange(topic, slot);
  }

  close(): void {
    this.#isOpen = false;
    for (const slot of this.#slots.values()) slot.undo();
  }

  forget(topic: string): void {
    this.#slots.get(topic)?.undo();
    this.#slots.delete(topic);
  }

  #slot(topic: string): Slot {
    const slot = this.#slots.get(topic) ?? new Slot();
    this.#slots.set(topic, slot);
    return slot;
  }

  #arrange(topic: string, slot: Slot): void {
    slot.undo();
    if (!this.#isOpen) return;
    const { clock } = this.#options;
    const left = slot.notBefore - clock.monotonic();
    if (left <= 0) this.#tell(topic, slot);
    else slot.undo = clock.after(left, () => this.#tell(topic, slot));
  }

  #tell(topic: string, slot: Slot): void {
    const { state, known } = slot;
    const { clock, everyMs, has, send } = this.#options;
    if (state === undefined || !has(topic)) return;
    slot.isTold = true;
    if (state === known) return;
    slot.known = state;
    slot.notBefore = clock.monotonic() + everyMs;
    send(topic, state);
  }
}
