// One account of the cloud and what of the house stands behind its topics: commands go there, states come from there.
import { type Clock, messageOf } from '../../../src/base/index.ts';
import type { PluginUndo } from '../../../src/plugins/index.ts';
import { CloudLink, type LinkHealth } from './cloud-link.ts';
import type { AccountConfig } from './config.ts';
import type { BridgeHouse, Mapping } from './mapping.ts';

export interface AccountOptions {
  readonly config: AccountConfig;
  readonly house: BridgeHouse;
  readonly clock: Clock;
  readonly onHealth: () => void;
}

/** Those of a device know its values. */
interface Taking {
  take(device: string, property: string, value: unknown): boolean;
}

function takes(mapping: Mapping): mapping is Mapping & Taking {
  return 'take' in mapping;
}

export class AccountBridge {
  readonly link: CloudLink;
  readonly #options: AccountOptions;
  readonly #mappings = new Map<string, Mapping>();
  readonly #undos = new Map<string, PluginUndo>();
  /** Problems that are not the connection's, by what they are about. */
  readonly #problems = new Map<string, string>();
  #health: LinkHealth = { isUp: false, words: 'connecting' };

  constructor(options: AccountOptions) {
    this.#options = options;
    const { config, clock, house, onHealth } = options;
    const { url, apiUrl, key: uid, appId: id, appSecret: secret } = config;
    this.link = new CloudLink({
      ...{ url, apiUrl, uid, clock },
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

  get name(): string {
    return this.#options.config.name;
  }

  /** Empty when all is well. */
  get words(): string {
    return [this.#health.words, ...this.#problems.values()].filter((words) => words !== '').join('; ');
  }

  get isUp(): boolean {
    return this.#health.isUp;
  }

  get mappings(): readonly Mapping[] {
    return [...this.#mappings.values()];
  }

  find(topic: string): Mapping | undefined {
    return this.#mappings.get(topic);
  }

  start(): void {
    this.link.start();
  }

  async stop(): Promise<void> {
    await this.link.stop();
  }

  /** Something to be seen in the health until it is undefined. */
  note(about: string, problem: string | undefined): void {
    if (problem === undefined) this.#problems.delete(about);
    else this.#problems.set(about, problem);
  }

  /** Resolves with why the cloud does not have the topic. Throws when it stands for something else. */
  async add(mapping: Mapping, undo?: PluginUndo): Promise<string | undefined> {
    const { topic } = mapping;
    const other = this.#mappings.get(topic);
    if (other !== undefined) throw new Error(`the topic "${topic}" stands for "${other.name}" already`);
    this.#mappings.set(topic, mapping);
    if (undo !== undefined) this.#undos.set(topic, undo);
    this.report(mapping);
    return this.link.hold(mapping);
  }

  /** They stay in the cloud. */
  async drop(topics: readonly string[]): Promise<void> {
    for (const topic of topics) {
      this.#mappings.delete(topic);
    }
    this.link.release(topics);
    const undos = topics.flatMap((topic) => this.#undos.get(topic) ?? []);
    for (const topic of topics) this.#undos.delete(topic);
    await Promise.all(undos.map((undo) => undo()));
  }

  changed(device: string, property: string, value: unknown): void {
    for (const mapping of this.#mappings.values()) {
      if (takes(mapping) && mapping.take(device, property, value)) this.report(mapping);
    }
  }

  report(mapping: Mapping): void {
    const text = mapping.text();
    if (text !== undefined) this.link.report(mapping.topic, text);
  }

  async #command(topic: string, text: string): Promise<void> {
    const mapping = this.#mappings.get(topic);
    if (mapping === undefined) return;
    const { house } = this.#options;
    const { subject, name } = mapping;
    try {
      await house.emit('command', { account: this.name, ...subject, topic, text });
      await mapping.command(text);
    } catch (error) {
      const who = subject['device'] ?? name;
      house.log.warn(`${this.name}: ${who} cannot do "${text}": ${messageOf(error)}`);
    }
  }
}
