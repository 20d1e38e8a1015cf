// Which clients spoke on which topics while a record was gone through, who was away, and when the house started.
import type { Timestamp } from '../../base/index.ts';
import type { Input } from '../../rules/index.ts';

export interface Spoken {
  readonly at: Timestamp;
  readonly by: string;
  readonly origin: string;
}

const mostTopics = 20_000;
/** Ids that programs think up anew at each connection. */
const madeUpId = /^(aedes_|mqttjs_|auto-)/;

export class Attendance {
  readonly #from: Timestamp;
  readonly #spoken = new Map<string, Spoken>();
  /** Topics that were heard from `from` on. */
  readonly #heard = new Set<string>();
  /** Messages of each client with an id of its moment. */
  readonly #saidInPassing = new Map<string, number>();
  readonly #awaySince = new Map<string, Timestamp>();
  readonly #stops: { readonly from: Timestamp; to: Timestamp | undefined }[] = [];

  constructor(from: Timestamp) {
    this.#from = from;
  }

  give(input: Input): void {
    if (input.kind === 'shutdown') this.#stops.push({ from: input.at, to: undefined });
    else if (input.kind === 'startup') this.#started(input.at);
    else if (input.kind === 'message') {
      const { topic, at, by, origin } = input;
      if (madeUpId.test(by) && this.#saidInPassing.size < mostTopics)
        this.#saidInPassing.set(by, (this.#saidInPassing.get(by) ?? 0) + 1);
      if (this.#spoken.size < mostTopics || this.#spoken.has(topic))
        this.#spoken.set(topic, { at, by, origin });
      if (at >= this.#from && this.#heard.size < mostTopics) this.#heard.add(topic);
    } else if (input.kind === 'signal' && input.signal === 'client') {
      if (input.value === 'connected') this.#awaySince.delete(input.name);
      else this.#awaySince.set(input.name, input.at);
    }
  }

  #started(at: Timestamp): void {
    const last = this.#stops.at(-1);
    if (last !== undefined) last.to ??= at;
    // Who was there before comes back, or not, and says so.
    this.#awaySince.clear();
  }

  /** When the house was stopped; a kill is a gap of the journal. */
  get stops(): readonly { readonly from: Timestamp; readonly to: Timestamp | undefined }[] {
    return this.#stops;
  }

  /** Topics that were heard in the time, and who spoke there last. */
  get heard(): ReadonlySet<string> {
    return this.#heard;
  }

  lastOn(topic: string): Spoken | undefined {
    return this.#spoken.get(topic);
  }

  topics(): IterableIterator<string> {
    return this.#spoken.keys();
  }

  /** Since when a client is gone at the end; undefined: it is there, or nothing is known. */
  awaySince(client: string): Timestamp | undefined {
    return this.#awaySince.get(client);
  }

  /** It came, said one thing and went: nobody waits for it to come back. */
  isPasserBy(client: string): boolean {
    return this.#saidInPassing.get(client) === 1;
  }
}
