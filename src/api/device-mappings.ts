// Use cases about descriptions by hand: each is a device of its own id.
import type { Clock, Commits } from '../base/index.ts';
import type { Registry } from '../devices/index.ts';
import type { LiveEngine } from '../rules/index.ts';
import type { Actor, DeviceMappingsApi } from './api.ts';
import type { DeviceMappingRequest, DeviceMappingView } from './contract.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';

export interface DeviceMappingsHouse {
  readonly devices: Registry;
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly commits: Commits;
}

const idPattern = /^[\p{L}\p{N}][\p{L}\p{N}-]{0,59}$/u;
const mostMappings = 5000;

export class DeviceMappings implements DeviceMappingsApi {
  readonly #house: DeviceMappingsHouse;

  constructor(house: DeviceMappingsHouse) {
    this.#house = house;
  }

  list(): readonly DeviceMappingView[] {
    return this.#house.devices.mappings.list();
  }

  get(id: string): DeviceMappingView {
    const found = this.#house.devices.mappings.find(id);
    if (found === undefined) throw fail('mapping-missing', `there is no description "${id}" by hand`);
    return found;
  }

  async save(
    actor: Actor,
    id: string,
    request: DeviceMappingRequest,
    ifVersion?: number,
  ): Promise<DeviceMappingView> {
    const { mappings } = this.#house.devices;
    if (!idPattern.test(id))
      throw fail('mapping-invalid', `"${id}": expected 1 to 60 letters, digits and - as id`);
    const version = mappings.find(id)?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== version)
      throw fail('version-conflict', `"${id}" is at version ${version}, you saw ${ifVersion}`);
    if (version === 0 && mappings.size >= mostMappings)
      throw fail('mapping-invalid', `there are ${mostMappings} descriptions already`);
    this.#map(actor, id, request, version + 1);
    const view = this.get(id);
    await whenKept(this.#house.commits);
    return view;
  }

  async delete(actor: Actor, id: string): Promise<void> {
    const { version } = this.get(id);
    this.#map(actor, id, null, version);
    await whenKept(this.#house.commits);
  }

  #map({ name: by }: Actor, id: string, document: DeviceMappingRequest | null, version: number): void {
    const { live, clock } = this.#house;
    const change = { change: 'map', id, document, version } as const;
    live.decide({ kind: 'command', at: clock.now(), command: { do: 'device', change }, by });
  }
}
