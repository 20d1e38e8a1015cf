// QoS 2 messages that one MQTT 5 client has under way towards us: no more than it was told in the CONNACK.

export class Receipts {
  readonly #limit: number;
  readonly #open = new Set<number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when it is one too many [MQTT-3.3.4-9]; a repetition is none. */
  begin(messageId: number): boolean {
    this.#open.add(messageId);
    return this.#open.size <= this.#limit;
  }

  has(messageId: number): boolean {
    return this.#open.has(messageId);
  }

  end(messageId: number): void {
    this.#open.delete(messageId);
  }
}
