// The well-known properties that a device of each kind of the cloud has, for those who know it only as topics.
import { type BemfaKind, bemfaModes } from '../../../src/base/index.ts';
import type { PluginProperty } from '../../../src/plugins/index.ts';

type Property = PluginProperty & { readonly name: string };

const on: Property = { id: 'on', name: 'On', kind: 'boolean', isCommandable: true };
const measured = (id: string, name: string, unit: string): Property => ({
  ...{ id, name, unit },
  kind: 'number',
  isCommandable: false,
});
const commanded = (id: string, name: string, rest: Partial<Property>): Property => ({
  ...{ id, name },
  kind: 'number',
  isCommandable: true,
  ...rest,
});

export const kindProperties: Readonly<Record<BemfaKind, readonly Property[]>> = {
  outlet: [on],
  switch: [on],
  light: [
    on,
    commanded('brightness', 'Brightness', { unit: '%', min: 0, max: 100 }),
    commanded('color', 'Colour', { kind: 'color' }),
    commanded('color_temperature', 'Colour temperature', { unit: 'K', min: 2700, max: 6500 }),
  ],
  fan: [
    on,
    commanded('level', 'Level', { min: 1, max: 4 }),
    commanded('oscillating', 'Oscillation', { kind: 'boolean' }),
  ],
  sensor: [
    measured('temperature', 'Temperature', '°C'),
    measured('humidity', 'Humidity', '%'),
    { ...on, isCommandable: false },
    measured('illuminance', 'Illuminance', 'lx'),
    measured('pm25', 'PM2.5', 'µg/m³'),
  ],
  aircondition: [
    on,
    commanded('mode', 'Mode', { kind: 'choice', options: bemfaModes }),
    commanded('target_temperature', 'Target temperature', { unit: '°C', min: 16, max: 32 }),
    commanded('fan_mode', 'Fan', { kind: 'choice', options: ['auto', '1', '2', '3', '4', '5'] }),
    commanded('swing_horizontal', 'Swing left and right', { kind: 'boolean' }),
    commanded('swing_vertical', 'Swing up and down', { kind: 'boolean' }),
  ],
  curtain: [
    commanded('position', 'Position', { unit: '%', min: 0, max: 100 }),
    commanded('movement', 'Movement', { kind: 'choice', options: ['open', 'close', 'stop'] }),
  ],
  thermostat: [on],
  waterheater: [on],
  television: [on],
  airpurifier: [on],
};
