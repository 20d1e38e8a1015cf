// Devices of other makers that are topics in the cloud, brought into the house. They are looked at over HTTP from time to
// time: who subscribed to their topics would count as the device, and states on `/up` are told to nobody.
import type { Clock, Undo } from '../../../src/base/index.ts';
import type { PluginMessage } from '../../../src/plugins/index.ts';
import type { AccountBridge } from './account.ts';
import { type TopicView, wordsOf } from './cloud-api.ts';
import { CloudDevice } from './cloud-device.ts';
import { CommandPace } from './command-pace.ts';
import { valuesOf } from './local-values.ts';
import type { BridgeHouse } from './mapping.ts';
import { isOwnTopicName } from './topic-name.ts';

const everyMs = 1000;
/** Time for a device to do as it was told, before it is looked at. */
const settleMs = 2000;
const mostDevices = 500;

export interface ImportsOptions {
  readonly house: BridgeHouse;
  readonly bridge: AccountBridge;
  readonly clock: Clock;
}

export class Imports {
  readonly #options: ImportsOptions;
  readonly #under: string;
  readonly #pace: CommandPace;
  readonly #devices = new Map<string, CloudDevice>();
  readonly #said = new Map<string, string>();
  #described = '';
  #looking: Promise<void> | undefined;
  #undo: Undo = () => undefined;

  constructor(options: ImportsOptions) {
    this.#options = options;
    this.#under = `bemfa/${options.bridge.name}`;
    const { clock } = options;
    this.#pace = new CommandPace({ clock, everyMs, send: (topic, text) => this.#send(topic, text) });
  }

  async start(): Promise<void> {
    await this.#options.house.mqtt.subscribe(`${this.#under}/+/set`, (message) => this.#command(message));
    await this.look();
  }

  stop(): void {
    this.#undo();
    this.#pace.stop();
  }

  /** Asks the cloud what there is. Two at a time are one. */
  async look(): Promise<void> {
    this.#looking ??= this.#look();
    try {
      await this.#looking;
      this.#options.bridge.note('import', undefined);
    } catch (error) {
      this.#options.bridge.note('import', `the devices of the cloud cannot be seen: ${wordsOf(error)}`);
    } finally {
      this.#looking = undefined;
    }
  }

  async #look(): Promise<void> {
    const { bridge, house } = this.#options;
    const topics = await bridge.link.api.topics();
    const wanted = topics.filter(({ topic }) => !isOwnTopicName(topic) && bridge.find(topic) === undefined);
    this.#take(wanted.slice(0, mostDevices));
    const descriptions = [...this.#devices.values()].map(({ description }) => description);
    const described = JSON.stringify(descriptions);
    if (described !== this.#described) {
      await house.devices.describe(bridge.name, descriptions);
      this.#described = described;
    }
    await this.#tell();
  }

  #take(views: readonly TopicView[]): void {
    const names = new Set(views.map(({ topic }) => topic));
    for (const topic of this.#devices.keys()) if (!names.has(topic)) this.#devices.delete(topic);
    for (const view of views) {
      const device = this.#devices.get(view.topic) ?? CloudDevice.of(view, this.#under);
      if (device === undefined) continue;
      device.take(view);
      this.#devices.set(view.topic, device);
    }
  }

  /** Retained, so that programs of the house find it; what has gone is taken back. */
  async #tell(): Promise<void> {
    const { mqtt } = this.#options.house;
    const states = new Map(
      [...this.#devices.values()].map(({ stateTopic, state }) => [stateTopic, JSON.stringify(state)]),
    );
    for (const topic of [...this.#said.keys()].filter((said) => !states.has(said))) {
      await mqtt.publish({ topic, payload: '', retain: true });
      this.#said.delete(topic);
    }
    for (const [topic, payload] of states) {
      if (this.#said.get(topic) === payload) continue;
      await mqtt.publish({ topic, payload, retain: true });
      this.#said.set(topic, payload);
    }
  }

  #command({ topic, text }: PluginMessage): void {
    const device = this.#devices.get(topic.split('/').at(-2) ?? '');
    const said = device?.commandText(valuesOf(text));
    if (device !== undefined && said !== undefined) this.#pace.say(device.topic, said);
    else this.#options.house.log.warn(`${topic}: "${text.slice(0, 100)}" means nothing to the cloud`);
  }

  #send(topic: string, text: string): void {
    const { bridge, clock, house } = this.#options;
    if (!bridge.link.send(topic, text)) {
      house.log.warn(`${bridge.name}: the cloud is away; "${text}" for ${topic} is lost`);
    }
    this.#undo();
    this.#undo = clock.after(settleMs, () => void this.look());
  }
}
