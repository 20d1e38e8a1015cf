// A result that is already there, for callers that insist on `then`.

/**
 * Calls back inside `then` instead of in a later microtask. aedes numbers a message before it asks the persistence and
 * drops, per subscriber, what arrives behind a higher number: with real promises a QoS 1 or retained message that is
 * overtaken by a QoS 0 one of the same turn would be lost. Only for callers that chain with `then`.
 */
export class Settled<Value> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  // biome-ignore lint/suspicious/noThenProperty: being a thenable is the purpose
  then(done: (value: Value) => void): void {
    done(this.#value);
  }
}

export const settled = new Settled<undefined>(undefined);
