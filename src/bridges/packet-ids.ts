// Identifiers of packets: a queued message keeps its own until the remote has taken it, over connections and restarts.
import type { IClientOptions } from 'mqtt';
import { mostQueued } from './settings.ts';

export class PacketIds {
  readonly #used = new Set<number>();
  #last = 0;

  /** There is always one free: the queue is shorter than the range. */
  claim(): number {
    do this.#last = (this.#last % mostQueued) + 1;
    while (this.#used.has(this.#last));
    this.#used.add(this.#last);
    return this.#last;
  }

  keep(id: number): void {
    this.#used.add(id);
  }

  free(id: number): void {
    this.#used.delete(id);
  }
}

type IdProvider = NonNullable<IClientOptions['messageIdProvider']>;

const highest = 65_535;

/** Gives the client the identifier that a message has already; for its own requests one above those. */
export class AssignedIds implements IdProvider {
  #assigned: number | undefined;
  #own = mostQueued;
  #last: number | null = null;

  /** The next packet is a message with this identifier. */
  assign(id: number): void {
    this.#assigned = id;
  }

  allocate(): number {
    const id = this.#assigned ?? this.#nextOwn();
    this.#assigned = undefined;
    this.#last = id;
    return id;
  }

  getLastAllocated(): number | null {
    return this.#last;
  }

  register(): boolean {
    return true;
  }

  deallocate(): void {
    // `PacketIds` knows when a message is done.
  }

  clear(): void {
    this.#assigned = undefined;
  }

  #nextOwn(): number {
    this.#own = this.#own >= highest ? mostQueued + 1 : this.#own + 1;
    return this.#own;
  }
}
