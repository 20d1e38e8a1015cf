// Which devices of the house an account offers: those of the configuration, and those that were offered since, which are
// kept. Topics in the cloud are deleted only when somebody says so, and only those that were made here.
import { z } from 'zod';
import { messageOf } from '../../../src/base/index.ts';
import type { AccountBridge } from './account.ts';
import { accountMark } from './cloud-link.ts';
import { type AccountConfig, type Offered, offered as offeredSchema } from './config.ts';
import type { BridgeHouse } from './mapping.ts';
import { Offer } from './offer.ts';
import { isOwnTopicName } from './topic-name.ts';

const mostKept = 500;
const keptSchema = z.array(offeredSchema);

export interface OffersOptions {
  readonly config: AccountConfig;
  readonly house: BridgeHouse;
  readonly bridge: AccountBridge;
}

/** What became of one of several. */
export type Outcome = Readonly<Record<string, string>>;

export interface Outcomes {
  readonly done: readonly Outcome[];
  /** With `problem`. */
  readonly refused: readonly Outcome[];
}

function aboutOf({ device, topic = '' }: Offered): string {
  return `${device} ${topic}`;
}

export class Offers {
  readonly #options: OffersOptions;
  readonly #key: string;
  #kept: readonly Offered[] = [];

  constructor(options: OffersOptions) {
    this.#options = options;
    this.#key = `offers.${accountMark(options.config.key)}`;
  }

  async load(): Promise<void> {
    const { data } = keptSchema.safeParse(await this.#options.house.storage.get(this.#key));
    this.#kept = data ?? [];
    await this.look();
  }

  /** For devices that came later. */
  async look(): Promise<void> {
    for (const entry of [...this.#options.config.devices, ...this.#kept]) {
      const isThere = this.#offers().some(
        ({ device, topic }) => device === entry.device && (entry.topic ?? topic) === topic,
      );
      if (!isThere) this.#options.bridge.note(aboutOf(entry), await this.#open(await this.#find(entry)));
    }
  }

  /** Makes topics, maps them and keeps the offers. */
  async offer(wanted: readonly Offered[]): Promise<Outcomes> {
    const outcomes = { done: [] as Outcome[], refused: [] as Outcome[] };
    for (const entry of wanted) {
      const { device } = entry;
      const problem = this.#refusal(device) ?? (await this.#replace(entry));
      const offer = this.#offers().find((one) => one.device === device);
      if (problem !== undefined || offer === undefined) {
        outcomes.refused.push({ device, problem: problem ?? 'it cannot be offered' });
        continue;
      }
      this.#kept = [...this.#kept.filter((one) => one.device !== device), entry];
      const late = await this.#rename(offer, entry);
      const { topic, name, kind } = offer;
      outcomes.done.push({ device, topic, name, kind, ...(late !== undefined && { problem: late }) });
    }
    await this.#save();
    return outcomes;
  }

  async withdraw(devices: readonly string[], isDeleted: boolean): Promise<Outcomes> {
    const outcomes = { done: [] as Outcome[], refused: [] as Outcome[] };
    const { bridge } = this.#options;
    for (const device of devices) {
      const problem = this.#isConfigured(device) ? this.#refusal(device) : this.#missing(device);
      if (problem !== undefined) outcomes.refused.push({ device, problem });
      else outcomes.done.push({ device, ...this.#topicOf(device) });
    }
    const gone = new Set(outcomes.done.map(({ device }) => device));
    for (const entry of this.#kept) if (gone.has(entry.device)) bridge.note(aboutOf(entry), undefined);
    this.#kept = this.#kept.filter(({ device }) => !gone.has(device));
    await bridge.drop(outcomes.done.flatMap(({ topic }) => topic ?? []));
    await this.#save();
    if (!isDeleted) return outcomes;
    const deleted = await Promise.all(outcomes.done.map((one) => this.#delete(one)));
    return { ...outcomes, done: deleted };
  }

  /** Those that were made here and stand for nothing. */
  async deleteTopics(topics: readonly string[]): Promise<Outcomes> {
    const outcomes = { done: [] as Outcome[], refused: [] as Outcome[] };
    for (const topic of topics) {
      const mapping = this.#options.bridge.find(topic);
      const { problem } =
        mapping === undefined
          ? await this.#delete({ topic })
          : { problem: `it stands for "${mapping.name}"; withdraw that first` };
      if (problem === undefined) outcomes.done.push({ topic });
      else outcomes.refused.push({ topic, problem });
    }
    return outcomes;
  }

  #offers(): readonly Offer[] {
    return this.#options.bridge.mappings.filter((mapping) => mapping instanceof Offer);
  }

  #isConfigured(device: string): boolean {
    return this.#options.config.devices.some((entry) => entry.device === device);
  }

  #refusal(device: string): string | undefined {
    if (this.#isConfigured(device))
      return `"${device}" stands in the configuration of the account; change it there`;
    const isNew = !this.#kept.some((entry) => entry.device === device);
    return isNew && this.#kept.length >= mostKept ? `at most ${mostKept} devices are offered so` : undefined;
  }

  #missing(device: string): string | undefined {
    return this.#kept.some((entry) => entry.device === device) ? undefined : `"${device}" is not offered`;
  }

  #topicOf(device: string): Outcome {
    const offer = this.#offers().find((one) => one.device === device);
    return offer === undefined ? {} : { topic: offer.topic };
  }

  /** Undefined when it is offered now. */
  async #replace(entry: Offered): Promise<string | undefined> {
    const before = this.#offers().find(({ device }) => device === entry.device);
    const found = await this.#find(entry);
    if (typeof found === 'string') return found;
    const other = this.#options.bridge.find(found.topic);
    if (other !== undefined && other !== before)
      return `the topic "${found.topic}" stands for "${other.name}"`;
    if (before !== undefined) await this.#options.bridge.drop([before.topic]);
    return this.#open(found);
  }

  async #find(entry: Offered): Promise<Offer | string> {
    const { house, config } = this.#options;
    return Offer.of(await house.devices.get(entry.device), entry, { house, state: config.state });
  }

  /** What the cloud refuses is in its health; here is what cannot be offered at all. */
  async #open(found: Offer | string): Promise<string | undefined> {
    if (typeof found === 'string') return found;
    try {
      await this.#options.bridge.add(found);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** A topic that was there keeps its name, unless another is wanted. */
  async #rename(offer: Offer, { name }: Offered): Promise<string | undefined> {
    const { link, isUp } = this.#options.bridge;
    const refusal = link.refusals.get(offer.topic);
    if (refusal !== undefined || !isUp)
      return refusal ?? 'the cloud is away; the topic is made when it is back';
    return name === undefined ? undefined : link.api.rename(offer.topic, name);
  }

  async #delete(outcome: Outcome): Promise<Outcome> {
    const { topic } = outcome;
    if (topic === undefined) return outcome;
    const problem = isOwnTopicName(topic)
      ? await this.#options.bridge.link.api.delete(topic)
      : `"${topic}" was not made here; delete it in the console of the cloud`;
    return problem === undefined ? { ...outcome, deleted: topic } : { ...outcome, problem };
  }

  async #save(): Promise<void> {
    await this.#options.house.storage.set(this.#key, this.#kept);
  }
}
