// Packet identifiers of what one connection sends: never one that is in use [MQTT-2.2.1-4].

const last = 65_535;

export class MessageIds {
  readonly #isUsed: (id: number) => boolean;
  /** Given during this connection to what aedes read back from a session. */
  readonly #given = new Set<number>();
  #next = 1;

  constructor(isUsed: (id: number) => boolean) {
    this.#isUsed = isUsed;
  }

  /** The windows are far smaller than the number of identifiers, so there is always one. */
  take(): number {
    const id = this.peek();
    this.#step();
    return id;
  }

  /** aedes looks at the next one, and takes it by writing its successor. */
  peek(): number {
    while (this.#isUsed(this.#next)) this.#step();
    return this.#next;
  }

  /** Takes what `peek` showed, and remembers it as new. */
  takePeeked(): void {
    this.#given.add(this.#next);
    this.#step();
  }

  /** False for an identifier that comes from an earlier connection: what carries it is sent again. */
  isNew(id: number): boolean {
    return this.#given.has(id);
  }

  #step(): void {
    this.#next = this.#next === last ? 1 : this.#next + 1;
  }
}
