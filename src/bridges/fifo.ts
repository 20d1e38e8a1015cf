// First in, first out, in constant time; what was taken can be put back in front.
export class Fifo<Value> {
  #values: Value[] = [];
  #head = 0;

  get length(): number {
    return this.#values.length - this.#head;
  }

  push(value: Value): void {
    this.#values.push(value);
  }

  peek(): Value | undefined {
    return this.#values[this.#head];
  }

  shift(): Value | undefined {
    const value = this.#values[this.#head];
    if (value === undefined) return undefined;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#values.length) {
      this.#values = this.#values.slice(this.#head);
      this.#head = 0;
    }
    return value;
  }

  putBack(values: readonly Value[]): void {
    this.#values = [...values, ...this.#values.slice(this.#head)];
    this.#head = 0;
  }

  clear(): readonly Value[] {
    const left = this.#values.slice(this.#head);
    this.#values = [];
    this.#head = 0;
    return left;
  }
}
