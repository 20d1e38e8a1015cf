// Writes out, once per turn of the event loop, what the turn left for each connection.

export interface Flushable {
  flush(): void;
}

export class Flusher {
  readonly #soon: (run: () => void) => void;
  #waiting: Flushable[] = [];

  constructor(soon: (run: () => void) => void) {
    this.#soon = soon;
  }

  /** The caller sees to it that it stands in line once. */
  add(queue: Flushable): void {
    this.#waiting.push(queue);
    if (this.#waiting.length === 1) this.#soon(() => this.#flush());
  }

  #flush(): void {
    const due = this.#waiting;
    this.#waiting = [];
    for (const queue of due) queue.flush();
  }
}
