// Topic aliases towards one client: first come, first served, for as many topics as it allows.

export interface OfferedAlias {
  readonly alias: number;
  /** Whether the client has it already, so that the topic can be left out. */
  readonly isKnown: boolean;
}

export class TopicAliases {
  readonly #maximum: number;
  readonly #aliases = new Map<string, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Undefined when there is none left for this topic. */
  offer(topic: string): OfferedAlias | undefined {
    const known = this.#aliases.get(topic);
    if (known !== undefined) return { alias: known, isKnown: true };
    const alias = this.#aliases.size + 1;
    return alias <= this.#maximum ? { alias, isKnown: false } : undefined;
  }

  /** The packet with what was offered is on its way. */
  tell(topic: string): void {
    if (!this.#aliases.has(topic)) this.#aliases.set(topic, this.#aliases.size + 1);
  }
}
