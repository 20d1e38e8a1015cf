// The filters of a SUBSCRIBE as the client listed them. aedes keeps the last of equal ones and puts those that look like
// numbers first; the SUBACK answers each, in order [MQTT-3.8.4-6].
export interface AskedFilter {
  readonly topic: string;
  readonly qos: number;
}

const firstErrorCode = 0x80;
const looksLikeNumber = /^\d+$/;

export class AskedFilters {
  /** By packet identifier; only those that aedes would answer otherwise. */
  readonly #asked = new Map<number, readonly AskedFilter[]>();

  note(messageId: number, filters: readonly AskedFilter[]): void {
    const topics = new Set(filters.map(({ topic }) => topic));
    const isKept =
      topics.size === filters.length && !filters.some(({ topic }) => looksLikeNumber.test(topic));
    if (isKept) this.#asked.delete(messageId);
    else this.#asked.set(messageId, [...filters]);
  }

  /** What aedes granted, for each filter as it was asked for. */
  answer(messageId: number, granted: readonly number[]): readonly number[] {
    const asked = this.#asked.get(messageId);
    if (asked === undefined) return granted;
    this.#asked.delete(messageId);
    // The order of the keys of an object is what aedes goes by.
    const order = Object.keys(Object.fromEntries(asked.map(({ topic }) => [topic, true])));
    const codes = new Map(order.map((topic, at) => [topic, granted[at] ?? firstErrorCode]));
    return asked.map(({ topic, qos }) => {
      const code = codes.get(topic) ?? firstErrorCode;
      return code < firstErrorCode ? qos : code;
    });
  }
}
