// One account of the cloud and the devices that it is offered: commands become wishes, changes become texts.
import { type Clock, messageOf } from '../../../src/base/index.ts';
import type { PluginContext } from '../../../src/plugins/index.ts';
import { CloudLink, type LinkHealth } from './cloud-link.ts';
import type { AccountConfig } from './config.ts';
import { Offer } from './offer.ts';

export type AccountHouse = Pick<PluginContext, 'devices' | 'emit' | 'log'>;

export interface AccountOptions {
  readonly config: AccountConfig;
  readonly house: AccountHouse;
  readonly clock: Clock;
  readonly onHealth: () => void;
}

export class AccountBridge {
  readonly #options: AccountOptions;
  #offers: readonly Offer[] = [];
  #problems: readonly string[] = [];
  #link: CloudLink | undefined;
  #health: LinkHealth = { isUp: false, words: 'connecting' };

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  /** Empty when all is well. */
  get words(): string {
    return [this.#health.words, ...this.#problems].filter((words) => words !== '').join('; ');
  }

  get isUp(): boolean {
    return this.#health.isUp;
  }

  /** Whether some device was not there yet. */
  get isIncomplete(): boolean {
    return this.#problems.length > 0;
  }

  /** Looks the devices up and connects with their topics. Called again, it does so anew if it found more of them. */
  async start(): Promise<void> {
    const { config, house } = this.#options;
    const found = await Promise.all(
      config.devices.map(async (entry) => Offer.of(await house.devices.get(entry.device), entry)),
    );
    const offers = found.filter((entry) => entry instanceof Offer);
    this.#problems = found.filter((entry) => typeof entry === 'string');
    if (this.#link !== undefined && offers.length === this.#offers.length) return;
    await this.#link?.stop();
    this.#offers = offers;
    this.#link = this.#connect(offers);
    for (const offer of offers) this.#report(offer);
    this.#link.start();
  }

  async stop(): Promise<void> {
    await this.#link?.stop();
    this.#link = undefined;
  }

  changed(device: string, property: string, value: unknown): void {
    for (const offer of this.#offers) if (offer.take(device, property, value)) this.#report(offer);
  }

  #connect(topics: readonly Offer[]): CloudLink {
    const { config, clock, house, onHealth } = this.#options;
    const { url, apiUrl, key: uid, appId: id, appSecret: secret } = config;
    return new CloudLink({
      ...{ url, apiUrl, uid, topics, clock },
      ...(id !== undefined && secret !== undefined && { app: { id, secret } }),
      onCommand: (topic, text) => void this.#command(topic, text),
      onHealth: (health) => {
        if (health.isUp !== this.#health.isUp) {
          house.log.info(`${config.name}: ${health.isUp ? 'connected' : health.words}`);
        }
        this.#health = health;
        onHealth();
      },
    });
  }

  #report(offer: Offer): void {
    const text = offer.text();
    if (text !== undefined) this.#link?.report(offer.topic, text);
  }

  async #command(topic: string, text: string): Promise<void> {
    const { house, config } = this.#options;
    for (const offer of this.#offers.filter((entry) => entry.topic === topic)) {
      const { device, name } = offer;
      const wanted = offer.wanted(text);
      try {
        await house.emit('command', { account: config.name, device, name, topic, text });
        if (wanted === undefined) house.log.warn(`${config.name}: "${text}" means nothing to ${device}`);
        else await house.devices.set(device, wanted);
      } catch (error) {
        house.log.warn(`${config.name}: ${device} cannot do "${text}": ${messageOf(error)}`);
      }
    }
  }
}
