// Lights of the default schema: a topic of its own for everything that can be seen or told.
import type { Command, PropertyDescription, Report } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, orUnknown, wordFor } from '../words.ts';
import {
  type ColorMode,
  colorOfText,
  effectOptions,
  numbersOf,
  percentOf,
  stepOf,
  temperatureScaleOf,
} from './light-values.ts';

const colorModes: readonly ColorMode[] = ['rgb', 'hs', 'xy'];
const nameOf: Readonly<Record<ColorMode, readonly string[]>> = {
  rgb: ['red', 'green', 'blue'],
  hs: ['hue', 'sat'],
  xy: ['x', 'y'],
};

function onOf(entity: Entity): PropertyDescription[] {
  const meanings = [
    [entity.word('payload_on', 'ON'), true],
    [entity.word('payload_off', 'OFF'), false],
  ] as const;
  const template =
    entity.text('state_value_template') === undefined ? 'value_template' : 'state_value_template';
  return entity.part('on', wellKnownProperties.on, {
    reports: entity.report('state_topic', template, meaningOf(meanings)),
    command: entity.command('command_topic', 'command_template', wordFor(meanings)),
  });
}

function brightnessOf(entity: Entity): PropertyDescription[] {
  const scale = entity.number('brightness_scale') ?? 255;
  return entity.part('brightness', wellKnownProperties.brightness, {
    reports: entity.report(
      'brightness_state_topic',
      'brightness_value_template',
      orUnknown((value) => percentOf(value, scale)),
    ),
    command: entity.command('brightness_command_topic', 'brightness_command_template', (value) =>
      stepOf(value, scale),
    ),
  });
}

function temperatureOf(entity: Entity): PropertyDescription[] {
  const scale = temperatureScaleOf(entity);
  return entity.part('color_temperature', scale.more, {
    reports: entity.report('color_temp_state_topic', 'color_temp_value_template', orUnknown(scale.kelvin)),
    command: entity.command('color_temp_command_topic', 'color_temp_command_template', scale.told),
  });
}

function colorCommand(entity: Entity): Command | undefined {
  const mode = colorModes.find((each) => entity.text(`${each}_command_topic`) !== undefined);
  if (mode === undefined) return undefined;
  const topic = entity.topic(`${mode}_command_topic`);
  const names = nameOf[mode];
  const writing = entity.made(`${mode}_command_template`, (template) =>
    template === undefined
      ? ({ value }: { readonly value: unknown }) => numbersOf(value, mode).join(',')
      : entity.templates.writingWith(template, names, ({ value }) => {
          const numbers = numbersOf(value, mode);
          return Object.fromEntries(names.map((name, index) => [name, numbers[index]]));
        }),
  );
  return topic === undefined || writing === undefined ? undefined : entity.commandOf(topic, writing.made);
}

function colorOf(entity: Entity): PropertyDescription[] {
  const reports = colorModes.flatMap(
    (mode): readonly Report[] =>
      entity.report(
        `${mode}_state_topic`,
        `${mode}_value_template`,
        orUnknown((value) => colorOfText(value, mode)),
      ) ?? [],
  );
  return entity.part('color', wellKnownProperties.color, {
    reports: reports.length === 0 ? undefined : reports,
    command: colorCommand(entity),
  });
}

const beyond = ['rgbw_command_topic', 'rgbww_command_topic', 'white_command_topic'];

export function defaultLightOf(entity: Entity): PropertyDescription[] {
  for (const key of beyond)
    if (entity.text(key) !== undefined)
      entity.problem(key, 'not-supported', 'channels of white are not supported');
  const effect = entity.part('effect', effectOptions(entity), {
    reports: entity.report('effect_state_topic', 'effect_value_template', orUnknown()),
    command: entity.command('effect_command_topic', 'effect_command_template'),
  });
  return [...onOf(entity), ...brightnessOf(entity), ...colorOf(entity), ...temperatureOf(entity), ...effect];
}
