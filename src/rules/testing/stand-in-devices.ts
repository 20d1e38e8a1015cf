// Devices of a rule test: each takes its commands as one JSON object on `TOPIC/set`, for the properties that it has and does
// not only report.
import type { DeviceDirectory } from '../../devices/index.ts';
import type { DevicePlan, DeviceView, DeviceWish } from '../../expression/index.ts';
import { TestFault } from './test-fault.ts';

export interface StandInDevice {
  readonly id: string;
  readonly labels: readonly string[];
  readonly topic: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Those of its properties that nobody can set. */
  readonly readonly: readonly string[];
}

export class StandInDevices implements DeviceDirectory {
  readonly #devices: Map<string, StandInDevice>;

  constructor(devices: readonly StandInDevice[]) {
    this.#devices = new Map(devices.map((device) => [device.id, device]));
  }

  /** It is otherwise from now on. */
  report(id: string, properties: StandInDevice['properties']): void {
    const device = this.#devices.get(id);
    if (device === undefined) throw new TestFault(`the test has no device "${id}"`);
    this.#devices.set(id, { ...device, properties: { ...device.properties, ...properties } });
  }

  /** It is thrown away. */
  remove(id: string): void {
    this.#devices.delete(id);
  }

  device(id: string): DeviceView | undefined {
    const found = this.#devices.get(id);
    return found && { id, name: id, properties: found.properties };
  }

  devices(label?: string): readonly DeviceView[] {
    const found = [...this.#devices.values()];
    return found
      .filter(({ labels }) => label === undefined || labels.includes(label))
      .map(({ id, properties }) => ({ id, name: id, properties }));
  }

  commandsFor(id: string, { properties, transitionMs }: DeviceWish): DevicePlan | undefined {
    const found = this.#devices.get(id);
    if (found === undefined) return undefined;
    const isSettable = (name: string): boolean =>
      Object.hasOwn(found.properties, name) && !found.readonly.includes(name);
    const wanted = Object.entries(properties).filter(([name]) => isSettable(name));
    const payload = {
      ...Object.fromEntries(wanted),
      ...(transitionMs !== undefined && { transition: transitionMs / 1000 }),
    };
    return {
      commands: [{ topic: `${found.topic}/set`, payload, qos: 1, retain: false }],
      unsupported: Object.keys(properties).filter((name) => !isSettable(name)),
    };
  }
}
