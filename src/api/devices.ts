// Use cases about devices: look, name, command, forget. What changes them is an input of the engine, decided at once.
import { type Clock, type Commits, nearest, parseDuration } from '../base/index.ts';
import type { Device, Registry } from '../devices/index.ts';
import type { LiveEngine } from '../rules/index.ts';
import { type Asker, sourceOf } from './access/source.ts';
import type { Actor, DeviceQuery, DevicesApi } from './api.ts';
import type { DeviceEditRequest, DeviceSetRequest, DeviceSetView, DeviceView, Page } from './contract.ts';
import { deviceViewOf } from './device-views.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';
import type { Watchers } from './watchers.ts';

export interface DevicesHouse {
  readonly devices: Registry;
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly commits: Commits;
  readonly watchers: Watchers;
}

const defaultLimit = 200;

function matches(device: Device, { room, label, search = '' }: DeviceQuery): boolean {
  const { row, name, id } = device;
  if (room !== undefined && device.room !== room) return false;
  if (label !== undefined && !row.labels.includes(label)) return false;
  const wanted = search.toLowerCase();
  return wanted === '' || [id, name, row.key].some((text) => text.toLowerCase().includes(wanted));
}

function transitionOf({ transition }: DeviceSetRequest): { readonly transitionMs?: number } {
  if (transition === undefined) return {};
  return { transitionMs: parseDuration(transition) };
}

export class Devices implements DevicesApi {
  readonly #house: DevicesHouse;

  constructor(house: DevicesHouse) {
    this.#house = house;
  }

  list(query: DeviceQuery): Page<DeviceView> {
    const { limit = defaultLimit, cursor = '' } = query;
    const all = this.#house.devices.roster.list();
    const found = all.filter((device) => device.id > cursor && isListed(device) && matches(device, query));
    const items = found.slice(0, limit).map((device) => this.view(device));
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: last.id } : { items };
  }

  get(id: string): DeviceView {
    return this.view(this.#find(id));
  }

  async edit(actor: Actor, id: string, request: DeviceEditRequest, ifVersion?: number): Promise<DeviceView> {
    const { version } = this.#find(id).row;
    if (ifVersion !== undefined && ifVersion !== version)
      throw fail('version-conflict', `device "${id}" is at version ${version}, you saw ${ifVersion}`, {
        details: { actual: version, expected: ifVersion },
      });
    this.#change(actor, { change: 'edit', id, edit: request });
    const view = this.get(id);
    await whenKept(this.#house.commits);
    return view;
  }

  async set(actor: Asker, id: string, request: DeviceSetRequest): Promise<DeviceSetView> {
    const { devices, live, clock } = this.#house;
    const wish = { properties: request.properties, ...transitionOf(request) };
    const plan = devices.commandsFor(id, wish);
    if (plan === undefined) throw missingDevice(id, this.#house.devices);
    const [unsupported] = plan.unsupported;
    if (unsupported !== undefined) throw this.#unsupported(id, unsupported);
    if (plan.commands.length === 0)
      throw fail('bad-value', 'expected at least one property to set', { params: { why: 'nothing' } });
    const command = { do: 'set', device: id, ...wish } as const;
    live.decide({ kind: 'command', at: clock.now(), command, ...sourceOf(actor) });
    const commands = plan.commands.map(({ topic, payload, qos, retain }) => ({
      topic,
      payload,
      qos,
      retain,
    }));
    return { device: id, commands };
  }

  async forget(actor: Actor, id: string): Promise<void> {
    const { description, row } = this.#find(id);
    if (description !== undefined)
      throw fail(
        'device-present',
        `"${id}" is still described by ${row.format}: take that away, or hide the device`,
      );
    this.#change(actor, { change: 'forget', id });
    await whenKept(this.#house.commits);
  }

  /** For lists and the live channel. */
  view(device: Device): DeviceView {
    const { devices, clock } = this.#house;
    const { via } = device.description ?? {};
    const through = via === undefined ? undefined : devices.roster.findKey(device.row.format, via);
    return deviceViewOf(device, {
      now: clock.now(),
      problems: devices.problemsOf(device),
      via: through?.id,
    });
  }

  told(device: Device): void {
    this.#house.watchers.tell('devices', device.id, () => ({
      ...{ change: 'changed', device: this.view(device) },
      ...(device.said.size > 0 && { said: [...device.said] }),
    }));
  }

  forgotten(id: string): void {
    this.#house.watchers.tell('devices', id, () => ({ change: 'forgotten', id }));
  }

  #change(actor: Actor, change: Parameters<Registry['change']>[0]): void {
    const { live, clock } = this.#house;
    live.decide({ kind: 'command', at: clock.now(), command: { do: 'device', change }, by: actor.name });
  }

  #find(id: string): Device {
    const device = this.#house.devices.roster.find(id);
    if (device === undefined) throw missingDevice(id, this.#house.devices);
    return device;
  }

  #unsupported(id: string, property: string): Error {
    const device = this.#find(id);
    if (device.property(property) !== undefined)
      return fail('read-only-property', `${property} of "${id}" is only reported`);
    const known = (device.description?.properties ?? []).filter(({ command }) => command !== undefined);
    const names = known.map((each) => each.id);
    const near = nearest(property, names);
    const hint =
      near === undefined ? `; it takes ${names.join(', ') || 'nothing'}` : `; did you mean ${near}?`;
    return fail('unknown-property', `"${id}" has no property ${property}${hint}`);
  }
}

/** One that is gone is shown as long as people said something of it. */
function isListed(device: Device): boolean {
  return device.description !== undefined || device.isTouched;
}

export function missingDevice(id: string, devices: Registry): Error {
  const near = nearest(
    id,
    devices.roster.list().map((device) => device.id),
  );
  return fail(
    'device-missing',
    `there is no device "${id}"${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}
