// Which device is which, for ever: one row for each format and key, with a stable id and what people say of it.
import type { Rows, Timestamp } from '../../base/index.ts';
import type { DeviceDescription } from '../model/description.ts';
import { slugOf } from '../model/names.ts';
import type { DeviceRow } from '../ports.ts';
import type { DeviceKey } from './claims.ts';
import { Device } from './device.ts';

export const keyOf = (format: string, key: string): DeviceKey => `${format}\n${key}`;

export class Roster {
  readonly #rows: Rows<DeviceRow>;
  readonly #most: number;
  readonly #leaving: (device: Device) => void;
  readonly #byId = new Map<string, Device>();
  readonly #byKey = new Map<DeviceKey, Device>();
  #sorted: readonly Device[] | undefined;
  #refused = 0;

  /** `leaving` is told of whom it forgets by itself. */
  constructor(rows: Rows<DeviceRow>, most: number, leaving: (device: Device) => void) {
    this.#rows = rows;
    this.#most = most;
    this.#leaving = leaving;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Devices beyond the limit, which nobody gets to see. */
  get refused(): number {
    return this.#refused;
  }

  load(rows: Iterable<DeviceRow>): void {
    for (const row of rows) this.#take(new Device(row));
  }

  find(id: string): Device | undefined {
    return this.#byId.get(id);
  }

  findKey(format: string, key: string): Device | undefined {
    return this.#byKey.get(keyOf(format, key));
  }

  /** By id. */
  list(): readonly Device[] {
    this.#sorted ??= [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#sorted;
  }

  /** The device that a description is of; a new one gets its id now. Undefined when there is no room. */
  enter(format: string, description: DeviceDescription, at: Timestamp): Device | undefined {
    const { key, slug, name = '' } = description;
    const known = this.findKey(format, key);
    if (known !== undefined) {
      if (name !== '' && name !== known.row.toldName) this.put(known, { ...known.row, toldName: name });
      return known;
    }
    if (this.#byId.size >= this.#most && !this.#makeRoom()) {
      this.#refused++;
      return undefined;
    }
    const told = { name: null, room: null, labels: [], hidden: false, note: '', toldName: name };
    const row = { id: this.#freeId(slugOf(slug)), format, key, ...told, createdAt: at, version: 1 };
    const device = new Device(row);
    this.#take(device);
    this.#rows.put(row);
    return device;
  }

  put(device: Device, row: DeviceRow): void {
    this.#leave(device);
    device.row = row;
    this.#take(device);
    device.changed();
    this.#rows.put(row);
  }

  forget(device: Device): void {
    this.#leave(device);
    this.#rows.delete(device.id);
  }

  #take(device: Device): void {
    this.#byId.set(device.id, device);
    this.#byKey.set(keyOf(device.row.format, device.row.key), device);
    this.#sorted = undefined;
  }

  #leave(device: Device): void {
    this.#byId.delete(device.id);
    this.#byKey.delete(keyOf(device.row.format, device.row.key));
    this.#sorted = undefined;
  }

  #freeId(slug: string): string {
    if (!this.#byId.has(slug)) return slug;
    for (let n = 2; ; n++) if (!this.#byId.has(`${slug}-${n}`)) return `${slug}-${n}`;
  }

  /** The oldest that is gone and of which nobody ever said anything. */
  #makeRoom(): boolean {
    let oldest: Device | undefined;
    for (const device of this.#byId.values()) {
      const isSpare = device.description === undefined && !device.isTouched;
      if (isSpare && (oldest === undefined || device.row.createdAt < oldest.row.createdAt)) oldest = device;
    }
    if (oldest === undefined) return false;
    this.#leaving(oldest);
    this.forget(oldest);
    return true;
  }
}
