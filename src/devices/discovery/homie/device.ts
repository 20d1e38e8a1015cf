// A Homie device as both conventions have it, on its way into a description: nodes with properties, problems beside.
import { HomeruleError } from '../../../base/index.ts';
import type { Availability, DeviceDescription, PropertyDescription } from '../../model/description.ts';
import { slugOf } from '../../model/names.ts';
import type { Payload } from '../../payload.ts';
import type { Discovered, DiscoveryProblem, TopicsView } from '../format.ts';
import type { HomieProperty } from './meaning.ts';
import { DistinctIds, propertyOf } from './property.ts';

export const nothing: Discovered = { devices: [], problems: [] };

/** Text of a topic; undefined when there is none, or a payload of length 0 took it back. */
export function textAt(topics: TopicsView, topic: string): string | undefined {
  const payload: Payload | undefined = topics.payload(topic);
  return payload === undefined || payload.bytes.length === 0 ? undefined : payload.raw;
}

/** Topic levels of the convention; what begins with $ is an attribute. */
export function isHomieId(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text);
}

/**
 * `init` says nothing: a device that was there declares itself anew, one that was lost is not ready yet. One that
 * sleeps is there, and so is one that raises an alert.
 */
export function isThere(state: string): boolean | undefined {
  if (state === 'ready' || state === 'sleeping' || state === 'alert') return true;
  return state === 'disconnected' || state === 'lost' ? false : undefined;
}

export interface HomieDevice {
  readonly id: string;
  readonly name: string | undefined;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly via?: string | undefined;
  readonly availability: Availability;
  /** With where each is declared, for what is wrong in it. */
  readonly properties: readonly { readonly property: HomieProperty; readonly place: Place }[];
}

/** Where an attribute of a property is declared. */
export type Place = (attribute: string) => Pick<DiscoveryProblem, 'topic' | 'path'>;

export function discoveredOf(device: HomieDevice, problems: DiscoveryProblem[]): Discovered {
  const ids = new DistinctIds();
  const properties: PropertyDescription[] = [];
  for (const { property, place } of device.properties) {
    try {
      properties.push(ids.give(propertyOf(property), property.node));
    } catch (error) {
      if (!(error instanceof HomeruleError)) throw error;
      const { code, message, details } = error;
      problems.push({ ...place(String(details['attribute'])), code, message });
    }
  }
  const { id, name, model, version, via, availability } = device;
  const description: DeviceDescription = {
    key: id,
    slug: slugOf(id),
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(version !== undefined && { version }),
    ...(via !== undefined && { via }),
    properties,
    availability,
  };
  return { devices: [description], problems };
}
