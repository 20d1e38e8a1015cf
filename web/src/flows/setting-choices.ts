// What may stand in a setting of a seed flow, as far as this home knows; anything else may be typed.
import type { DeviceView, FlowSeedSettingView } from '../api/types.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Asked {
  readonly settings: readonly FlowSeedSettingView[];
  /** Of the setting that is asked for. */
  readonly index: number;
  readonly values: Readonly<Record<string, string>>;
  readonly devices: readonly DeviceView[];
}

/** The property of a device is asked for after the device. */
function deviceBefore({ settings, index, values, devices }: Asked): DeviceView | undefined {
  const before = settings.slice(0, index).findLast(({ kind }) => kind === 'device');
  return before && devices.find(({ id }) => id === values[before.name]);
}

export function choicesFor(asked: Asked): readonly Choice[] {
  const { devices, settings, index } = asked;
  const kind = settings[index]?.kind;
  if (kind === 'device') return devices.map(({ id, name }) => ({ value: id, label: name }));
  if (kind === 'property')
    return (deviceBefore(asked)?.properties ?? []).map(({ id, name }) => ({ value: id, label: name }));
  if (kind === 'label')
    return [...new Set(devices.flatMap(({ labels }) => labels))].map((label) => ({ value: label, label }));
  return [];
}
