// Which values of devices became others, for plugins.
import type { Undo } from '../base/index.ts';
import type { Device, PropertyState } from '../devices/index.ts';
import type { DeviceChange } from '../plugins/index.ts';

type Hear = (change: DeviceChange) => void;

function statesOf(device: Device): ReadonlyMap<string, PropertyState> {
  return new Map(device.states);
}

/** Tells which properties of a device became another value since it was looked at before. */
export class PropertyChanges {
  readonly #hearers = new Set<Hear>();
  #before = new WeakMap<Device, ReadonlyMap<string, PropertyState>>();

  listen(hear: Hear, devices: readonly Device[]): Undo {
    if (this.#hearers.size === 0) for (const device of devices) this.#before.set(device, statesOf(device));
    this.#hearers.add(hear);
    return () => {
      this.#hearers.delete(hear);
    };
  }

  // hot: test/bench/engine.ts
  deviceChanged(device: Device): void {
    if (this.#hearers.size === 0) return;
    const before = this.#before.get(device);
    this.#before.set(device, statesOf(device));
    for (const [property, { value, by, changedAt }] of device.states) {
      const was = before?.get(property);
      if (was !== undefined && was.changedAt === changedAt && was.value === value) continue;
      const { origin, id } = by;
      for (const hear of this.#hearers) hear({ device: device.id, property, value, origin, by: id });
    }
  }
}
