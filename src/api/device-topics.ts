// What devices report, the same for all: retained on `homerule/devices/ID/state`, for panels that know no format. Told
// to subscribers only: neither rules nor the journal hear of it, and no device is ever read from it.
import type { Clock, Undo } from '../base/index.ts';
import type { Device, Registry } from '../devices/index.ts';
import type { MessagePort } from './ports.ts';

export interface DeviceTopicsHouse {
  readonly devices: Registry;
  readonly broker: Pick<MessagePort, 'announce' | 'retainedTopics'>;
  readonly clock: Clock;
}

/** Changes within this time go out once. */
const gatherMs = 100;
const topicOf = (id: string): string => `homerule/devices/${id}/state`;

/** Its properties, and `online` where the device tells. */
function stateText(device: Device | undefined): string {
  if (device?.description === undefined) return '';
  const { online } = device;
  return JSON.stringify({ ...(online !== undefined && { online }), ...device.reported() });
}

export class DeviceTopics {
  readonly #house: DeviceTopicsHouse;
  readonly #told = new Map<string, string>();
  readonly #changed = new Set<string>();
  #undo: Undo | undefined;
  #isRunning = false;

  constructor(house: DeviceTopicsHouse) {
    this.#house = house;
  }

  /** The listeners are open: all is told once, and what was left of devices that are no more goes. */
  start(): void {
    this.#isRunning = true;
    for (const topic of this.#house.broker.retainedTopics('homerule/devices/+/state'))
      this.#changed.add(topic.split('/')[2] ?? '');
    for (const { id } of this.#house.devices.roster.list()) this.#changed.add(id);
    this.#flush();
  }

  stop(): void {
    this.#flush();
    this.#isRunning = false;
    this.#undo?.();
  }

  changed(id: string): void {
    if (!this.#isRunning) return;
    this.#changed.add(id);
    this.#undo ??= this.#house.clock.after(gatherMs, () => this.#flush());
  }

  #flush(): void {
    this.#undo = undefined;
    const { devices, broker } = this.#house;
    for (const id of this.#changed) {
      const text = stateText(devices.roster.find(id));
      if (this.#told.get(id) === text) continue;
      if (text === '') this.#told.delete(id);
      else this.#told.set(id, text);
      broker.announce({ topic: topicOf(id), payload: Buffer.from(text), by: '', retain: true });
    }
    this.#changed.clear();
  }
}
