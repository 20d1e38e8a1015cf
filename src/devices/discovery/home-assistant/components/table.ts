// Every component of Home Assistant that is understood: one line each. What is not here is told as a problem.
import type { PropertyDescription } from '../../../model/description.ts';
import type { Entity } from '../entity.ts';
import { buttonOf, eventOf, sceneOf, triggerOf } from './actions.ts';
import { climateOf, humidifierOf, waterHeaterOf } from './climate.ts';
import { coverOf, valveOf } from './cover.ts';
import { fanOf } from './fan.ts';
import { defaultLightOf } from './light-default.ts';
import { jsonLightOf } from './light-json.ts';
import { templateLightOf } from './light-template.ts';
import { alarmOf, lawnMowerOf, updateOf, vacuumOf } from './machines.ts';
import { binarySensorOf, sensorOf } from './sensor.ts';
import { lockOf, sirenOf, switchOf } from './switch.ts';
import { numberEntityOf, selectOf, textOf } from './values.ts';

type Component = (entity: Entity) => PropertyDescription[];

function lightOf(entity: Entity): PropertyDescription[] {
  const schema = entity.text('schema');
  if (schema === 'json') return jsonLightOf(entity);
  return schema === 'template' ? templateLightOf(entity) : defaultLightOf(entity);
}

const components: Readonly<Record<string, Component>> = {
  alarm_control_panel: alarmOf,
  binary_sensor: binarySensorOf,
  button: buttonOf,
  climate: climateOf,
  cover: coverOf,
  device_automation: triggerOf,
  device_trigger: triggerOf,
  event: eventOf,
  fan: fanOf,
  humidifier: humidifierOf,
  lawn_mower: lawnMowerOf,
  light: lightOf,
  lock: lockOf,
  number: numberEntityOf,
  scene: sceneOf,
  select: selectOf,
  sensor: sensorOf,
  siren: sirenOf,
  switch: switchOf,
  text: textOf,
  update: updateOf,
  vacuum: vacuumOf,
  valve: valveOf,
  water_heater: waterHeaterOf,
};

export function findComponent(name: string): Component | undefined {
  return Object.hasOwn(components, name) ? components[name] : undefined;
}
