// Remembers what pure look-ups gave: not state, for without it every answer is the same, only slower.

/** Pictures are constants of rules; texts made at run time must not pile up. */
const mostEntries = 64;

export class Memo<T> {
  readonly #known = new Map<string, T>();
  readonly #make: (key: string) => T;

  constructor(make: (key: string) => T) {
    this.#make = make;
  }

  get(key: string): T {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#make(key);
    if (this.#known.size >= mostEntries) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
