// Which format has a topic when several describe it: the one of the highest rank, of equal ones the first by name.

/** Format and key, as one text. */
export type DeviceKey = string;

interface Claim {
  readonly format: string;
  readonly rank: number;
}

export class Claims {
  readonly #byTopic = new Map<string, Map<DeviceKey, Claim>>();
  readonly #byKey = new Map<DeviceKey, ReadonlySet<string>>();

  /** What one device speaks of from now on. Gives the others whose topics have changed hands. */
  put(key: DeviceKey, claim: Claim, topics: ReadonlySet<string>): Set<DeviceKey> {
    const touched = new Set<DeviceKey>();
    const before = this.#byKey.get(key) ?? new Set<string>();
    for (const topic of new Set([...before, ...topics])) {
      if (before.has(topic) && topics.has(topic)) continue;
      const owner = this.owner(topic);
      this.#set(topic, key, topics.has(topic) ? claim : undefined);
      if (this.owner(topic) === owner) continue;
      for (const other of this.#byTopic.get(topic)?.keys() ?? []) if (other !== key) touched.add(other);
    }
    if (topics.size === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, topics);
    return touched;
  }

  /** The format that has a topic. */
  owner(topic: string): string | undefined {
    let best: Claim | undefined;
    for (const claim of this.#byTopic.get(topic)?.values() ?? []) {
      const isBetter =
        best === undefined ||
        claim.rank > best.rank ||
        (claim.rank === best.rank && claim.format < best.format);
      if (isBetter) best = claim;
    }
    return best?.format;
  }

  #set(topic: string, key: DeviceKey, claim: Claim | undefined): void {
    const claims = this.#byTopic.get(topic) ?? new Map<DeviceKey, Claim>();
    if (claim === undefined) claims.delete(key);
    else claims.set(key, claim);
    if (claims.size === 0) this.#byTopic.delete(topic);
    else this.#byTopic.set(topic, claims);
  }
}
