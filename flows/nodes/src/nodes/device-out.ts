// `device out`: a device that a flow owns. Input is its state, output the commands that people and rules give it.
import type { NodeMessage } from 'node-red';
import type { TopicView } from '../../../../src/api/contract.ts';
import { deviceOut as kind } from '../kinds/devices.ts';
import type { Undo } from '../shared/clock.ts';
import { isUnreachable, messageOf, PaletteError } from '../shared/errors.ts';
import type { Behaviour, NodeType, Work } from '../shared/node-type.ts';
import { OwnDevice, ownPropertyOf } from '../shared/own-device.ts';
import { topicFactsOf } from '../shared/topic-value.ts';

interface Publication {
  readonly topic: string;
  readonly payload: unknown;
  readonly retain: boolean;
}

type State = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class DeviceOut {
  readonly #work: Work;
  readonly #device: OwnDevice;
  readonly #undo: readonly Undo[];
  /** Undefined until what the house keeps of it was read. */
  #state: State | undefined;
  /** A state follows its announcement. */
  #announced: Promise<void> = Promise.resolve();

  constructor(work: Work) {
    const { settings, engine } = work;
    this.#work = work;
    this.#device = new OwnDevice({
      id: settings.text('device'),
      label: settings.text('label'),
      prefix: settings.text('prefix'),
      properties: settings.rows('properties').map(ownPropertyOf),
    });
    this.#undo = [
      engine.link.watch('topics', this.#device.commandFilter, {
        every: true,
        ready: () => {
          this.#announced = this.#announce();
        },
        item: (item) => this.#command(item as TopicView),
        refused: (reason) => work.status.failed(reason),
      }),
    ];
  }

  async report(msg: NodeMessage): Promise<void> {
    const values = this.#valuesOf(msg);
    await this.#announced;
    await this.#change(values, msg);
  }

  /** The device stays as long as its node does; without its node it is not there. */
  async close(isRemoved: boolean): Promise<void> {
    for (const undo of this.#undo) undo();
    if (!this.#work.engine.isConnected) return;
    const { announcementTopic, availabilityTopic, stateTopic } = this.#device;
    const gone = [announcementTopic, stateTopic, availabilityTopic];
    const said: readonly Publication[] = isRemoved
      ? gone.map((topic) => ({ topic, payload: '', retain: true }))
      : [{ topic: availabilityTopic, payload: 'offline', retain: true }];
    for (const one of said) await this.#publish(one);
  }

  #valuesOf({ payload, ...msg }: NodeMessage): State {
    const { properties } = this.#device;
    const named = typeof msg['property'] === 'string' ? msg['property'] : properties[0]?.id;
    const said = isRecord(payload) ? payload : named === undefined ? {} : { [named]: payload };
    const values = Object.entries(said).map(([id, value]) => [id, this.#device.valueOf(id, value)]);
    if (values.length === 0) throw new PaletteError('bad-value', 'the payload names no property');
    return Object.fromEntries(values);
  }

  async #announce(): Promise<void> {
    const { announcementTopic, availabilityTopic } = this.#device;
    try {
      this.#state ??= await this.#kept();
      await this.#publish({ topic: announcementTopic, payload: this.#device.announcement(), retain: true });
      await this.#publish({ topic: availabilityTopic, payload: 'online', retain: true });
    } catch (error) {
      if (isUnreachable(error)) return; // asked again with the next connection
      this.#work.status.failed(messageOf(error));
      this.#work.error(error);
    }
  }

  /** What it said before this Node-RED was started. */
  async #kept(): Promise<State> {
    const { engine } = this.#work;
    const path = `/topics/${encodeURIComponent(this.#device.stateTopic)}`;
    try {
      const { payload } = await engine.requests.ask<TopicView>(path);
      const kept: unknown = payload === '' ? {} : JSON.parse(payload);
      return isRecord(kept) ? kept : {};
    } catch (error) {
      if (error instanceof SyntaxError) return {};
      if (error instanceof PaletteError && error.status === 404) return {};
      throw error;
    }
  }

  async #change(values: State, msg?: NodeMessage): Promise<void> {
    this.#state = { ...(this.#state ?? (await this.#kept())), ...values };
    await this.#publish({ topic: this.#device.stateTopic, payload: this.#state, retain: true }, msg);
    this.#work.status.value(values);
  }

  #command(view: TopicView): void {
    const { topic, payload } = view;
    const { property, value } = this.#device.commandOf(topic, payload);
    const { id, properties } = this.#device;
    const msg = { homerule: { ...topicFactsOf(view), device: id, property } };
    this.#work.send({ topic: `${id}/${property}`, property, payload: value, ...msg });
    const isState = properties.some((one) => one.id === property && one.kind !== 'button');
    if (!isState || !this.#work.settings.flag('reflect')) return;
    this.#change({ [property]: this.#device.valueOf(property, value) }, msg).catch((error: unknown) =>
      this.#work.error(error),
    );
  }

  async #publish(publication: Publication, msg: NodeMessage = {}): Promise<void> {
    await this.#work.ask('/publish', { method: 'POST', body: { qos: 1, ...publication } }, msg);
  }
}

function start(work: Work): Behaviour {
  const device = new DeviceOut(work);
  return {
    input: async (msg) => device.report(msg),
    close: (isRemoved) => device.close(isRemoved),
  };
}

export const deviceOut: NodeType = { kind, start };
