// Lights of the template schema: templates take one state apart, and put all that is wanted into one command.
import type { Command, CommandWish, PropertyDescription, Report } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import type { Entity } from '../entity.ts';
import type { Convert } from '../templates.ts';
import { meaningOf } from '../words.ts';
import { effectOptions, hexFrom, numbersOf, percentOf, stepOf, temperatureScaleOf } from './light-values.ts';

const names = [
  ...[
    'state',
    'brightness',
    'red',
    'green',
    'blue',
    'hue',
    'sat',
    'color_temp',
    'effect',
    'transition',
    'flash',
  ],
];

/** What the templates are given of all that is wanted. */
function given(entity: Entity): (wish: CommandWish) => Readonly<Record<string, unknown>> {
  const scale = temperatureScaleOf(entity);
  const part = (id: string): string => entity.idOf(id);
  return ({ wanted, transition }) => {
    const color = wanted[part('color')];
    const [red, green, blue] = color === undefined ? [] : numbersOf(color, 'rgb');
    const [hue, sat] = color === undefined ? [] : numbersOf(color, 'hs');
    const brightness = wanted[part('brightness')];
    const temperature = wanted[part('color_temperature')];
    return {
      ...{ red, green, blue, hue, sat, transition, effect: wanted[part('effect')] },
      state: wanted[part('on')] === false ? 'off' : 'on',
      brightness: brightness === undefined ? undefined : stepOf(brightness, 255),
      color_temp: temperature === undefined ? undefined : scale.told(temperature),
    };
  };
}

function commandOf(entity: Entity): Command | undefined {
  const topic = entity.topic('command_topic');
  const make = (key: string) =>
    entity.made(key, (template) =>
      template === undefined ? () => undefined : entity.templates.writingWith(template, names, given(entity)),
    );
  const [on, off] = [make('command_on_template')?.made, make('command_off_template')?.made];
  if (topic === undefined || typeof on !== 'function' || typeof off !== 'function') return undefined;
  const onId = entity.idOf('on');
  const write = (wish: CommandWish): unknown => (wish.wanted[onId] === false ? off(wish) : on(wish));
  return entity.commandOf(topic, write, onId);
}

function colorReports(entity: Entity, topic: string | undefined): readonly Report[] | undefined {
  const channels = ['red_template', 'green_template', 'blue_template'].map((key) =>
    entity.text(key) === undefined
      ? undefined
      : entity.made(key, (template) => entity.templates.readingOf(template, (value) => value))?.made,
  );
  const [red, green, blue] = channels;
  if (topic === undefined || typeof red !== 'function') return undefined;
  if (typeof green !== 'function' || typeof blue !== 'function') return undefined;
  return [entity.reportOf(topic, (message) => hexFrom([red(message), green(message), blue(message)], 'rgb'))];
}

export function templateLightOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('state_topic');
  const command = commandOf(entity);
  const reports = (key: string, convert: Convert): readonly Report[] | undefined => {
    if (topic === undefined || entity.text(key) === undefined) return undefined;
    const reading = entity.made(key, (template) => entity.templates.readingOf(template, convert));
    return reading && [entity.reportOf(topic, reading.made)];
  };
  const scale = temperatureScaleOf(entity);
  const states = meaningOf([
    ['on', true],
    ['off', false],
  ]);
  const has = (key: string): boolean => entity.text(key) !== undefined;
  const parts = [
    has('brightness_template') &&
      entity.part('brightness', wellKnownProperties.brightness, {
        reports: reports('brightness_template', (value) => percentOf(value, 255)),
        command,
      }),
    has('red_template') &&
      entity.part('color', wellKnownProperties.color, { reports: colorReports(entity, topic), command }),
    has('color_temp_template') &&
      entity.part('color_temperature', scale.more, {
        reports: reports('color_temp_template', scale.kelvin),
        command,
      }),
    entity.list('effect_list') !== undefined &&
      entity.part('effect', effectOptions(entity), {
        reports: reports('effect_template', (value) => value),
        command,
      }),
  ];
  const on = entity.part('on', wellKnownProperties.on, {
    reports: reports('state_template', states),
    command,
  });
  return [...on, ...parts.flatMap((part) => (part === false ? [] : part))];
}
