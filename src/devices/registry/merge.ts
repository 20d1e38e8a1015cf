// Several sources make one device: each tells of a part, and which comes first is a matter of their names, not of time.
import type { Availability, DeviceDescription, PropertyDescription } from '../model/description.ts';

type Told = Omit<DeviceDescription, 'key' | 'slug' | 'properties' | 'availability'>;

const toldKeys = ['name', 'room', 'manufacturer', 'model', 'version', 'via'] as const;

function toldOf(parts: readonly DeviceDescription[]): Told {
  const told: { -readonly [Key in keyof Told]: Told[Key] } = {};
  for (const key of toldKeys) {
    const value = parts.find((part) => part[key] !== undefined)?.[key];
    if (value !== undefined) told[key] = value;
  }
  return told;
}

/** Sources that say how to tell whether the device is there mostly say the same; of others the first counts. */
function availabilityOf(parts: readonly DeviceDescription[]): Availability | undefined {
  return parts.find(({ availability }) => availability !== undefined)?.availability;
}

/** The descriptions of one key by their sources; undefined when no source tells of it. */
export function merged(bySource: ReadonlyMap<string, DeviceDescription>): DeviceDescription | undefined {
  const parts = [...bySource].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  const [first] = parts;
  if (first === undefined) return undefined;
  const properties = new Map<string, PropertyDescription>();
  for (const property of parts.flatMap((part) => part.properties))
    if (!properties.has(property.id)) properties.set(property.id, property);
  const availability = availabilityOf(parts);
  const { key, slug } = first;
  return {
    key,
    slug,
    ...toldOf(parts),
    properties: [...properties.values()],
    ...(availability && { availability }),
  };
}

/** The topics that a description speaks of, but for those that tell of its availability: they are shared by many. */
export function topicsOf({ properties }: DeviceDescription): Set<string> {
  const topics = new Set<string>();
  for (const { reports = [], command } of properties) {
    for (const { topic } of reports) topics.add(topic);
    if (command !== undefined) topics.add(command.topic);
  }
  return topics;
}

/** Without what belongs to topics that another format has; undefined when nothing is left. */
export function restricted(
  description: DeviceDescription,
  isOwn: (topic: string) => boolean,
): DeviceDescription | undefined {
  const { properties } = description;
  if (properties.length === 0) return description;
  const left = properties.flatMap((property): PropertyDescription[] => {
    const { reports, command, ...rest } = property;
    const heard = reports?.filter(({ topic }) => isOwn(topic)) ?? [];
    const told = command !== undefined && isOwn(command.topic) ? command : undefined;
    if (heard.length === 0 && told === undefined) return [];
    return [{ ...rest, ...(heard.length > 0 && { reports: heard }), ...(told && { command: told }) }];
  });
  return left.length === 0 ? undefined : { ...description, properties: left };
}
