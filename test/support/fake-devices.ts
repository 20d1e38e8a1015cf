// Devices of a case: each takes its commands as one JSON object on `TOPIC/set`, for the properties that it has.
import type { DeviceDirectory } from '../../src/devices/index.ts';
import type { DevicePlan, DeviceView, DeviceWish } from '../../src/expression/index.ts';

export interface FakeDevice {
  readonly id: string;
  readonly labels: readonly string[];
  readonly topic: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export class FakeDevices implements DeviceDirectory {
  readonly #devices: readonly FakeDevice[];

  constructor(devices: readonly FakeDevice[]) {
    this.#devices = devices;
  }

  device(id: string): DeviceView | undefined {
    const found = this.#devices.find((device) => device.id === id);
    return found && { id, name: id, properties: found.properties };
  }

  devices(label?: string): readonly DeviceView[] {
    const found = this.#devices.filter(({ labels }) => label === undefined || labels.includes(label));
    return found.map(({ id, properties }) => ({ id, name: id, properties }));
  }

  commandsFor(id: string, { properties, transitionMs }: DeviceWish): DevicePlan | undefined {
    const found = this.#devices.find((device) => device.id === id);
    if (found === undefined) return undefined;
    const unsupported = Object.keys(properties).filter((name) => !Object.hasOwn(found.properties, name));
    const payload = { ...properties, ...(transitionMs !== undefined && { transition: transitionMs / 1000 }) };
    return { commands: [{ topic: `${found.topic}/set`, payload, qos: 1, retain: false }], unsupported };
  }
}
