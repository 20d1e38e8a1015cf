// Names of values for people: of a device's property where one reports it, else topic and path.
import type { DeviceView } from '../api/types.ts';
import { useDevices } from '../devices/use-devices.ts';
import { propertyName } from '../i18n/property-words.ts';
import { type Say, useWords } from '../i18n/use-words.ts';
import type { SeriesName } from './series.ts';

export interface ShownName {
  readonly label: string;
  readonly unit?: string;
}

function isAbout(property: DeviceView['properties'][number], { topic, path }: SeriesName): boolean {
  if (property.topics?.includes(topic) !== true) return false;
  return path === '' || path === property.id || path === property.short || path.endsWith(`.${property.id}`);
}

export function nameOf(series: SeriesName, devices: readonly DeviceView[], say: Say): ShownName {
  for (const device of devices) {
    const property = device.properties.find((one) => isAbout(one, series));
    if (property === undefined) continue;
    const label = `${device.name} · ${propertyName(say, property)}`;
    return { label, ...(property.unit === undefined ? {} : { unit: property.unit }) };
  }
  return { label: series.path === '' ? series.topic : `${series.topic} · ${series.path}` };
}

export function useNames(series: readonly SeriesName[]): readonly ShownName[] {
  const { say } = useWords();
  const { data: devices = [] } = useDevices();
  return series.map((one) => nameOf(one, devices, say));
}
