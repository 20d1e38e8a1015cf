// Lights of the JSON schema: one topic says all, one topic is told all, in objects of the same shape.
import type { CommandWish, PropertyDescription, Reading } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import { type Entry, isEntry } from '../abbreviations.ts';
import type { Entity } from '../entity.ts';
import {
  type ColorMode,
  effectOptions,
  hexFrom,
  numbersOf,
  percentOf,
  stepOf,
  temperatureScaleOf,
} from './light-values.ts';

const colored: ReadonlySet<string> = new Set(['rgb', 'rgbw', 'rgbww', 'hs', 'xy']);
const legacy = ['brightness', 'color_temp', 'rgb', 'hs', 'xy'];

/** What it supports, in the words of today. */
function modesOf(entity: Entity): ReadonlySet<string> {
  const modes = entity.list('supported_color_modes') ?? [];
  const flags = legacy.filter((mode) => entity.isSet(mode));
  return new Set([...modes, ...flags]);
}

function colorModeOf(modes: ReadonlySet<string>): ColorMode | undefined {
  if (modes.has('xy')) return 'xy';
  if (modes.has('hs')) return 'hs';
  return [...modes].some((mode) => colored.has(mode)) ? 'rgb' : undefined;
}

/** Whatever it is told, it is told whether it is to be on. */
type Tell = (wish: CommandWish) => Entry;
type More = Parameters<Entity['part']>[1];

function switched({ wanted, transition }: CommandWish, id: string, isOn: boolean): Entry {
  const on = wanted[id] ?? isOn;
  return { state: on === true ? 'ON' : 'OFF', ...(transition !== undefined && { transition }) };
}

function colorFrom(color: unknown): string | undefined {
  if (!isEntry(color)) return undefined;
  const { x, y, r, g, b, h, s } = color;
  return hexFrom([x, y], 'xy') ?? hexFrom([r, g, b], 'rgb') ?? hexFrom([h, s], 'hs');
}

function colorTold(color: unknown, mode: ColorMode): Entry {
  const [a, b, c] = numbersOf(color, mode);
  return mode === 'xy' ? { x: a, y: b } : mode === 'hs' ? { h: a, s: b } : { r: a, g: b, b: c };
}

function isOn({ state }: Entry): boolean | undefined {
  return state === 'ON' ? true : state === 'OFF' ? false : undefined;
}

/** One state and one command, of which each property reads and writes its part. */
class JsonLight {
  readonly #entity: Entity;
  readonly #onId: string;

  constructor(entity: Entity) {
    this.#entity = entity;
    this.#onId = entity.idOf('on');
  }

  part(base: string, more: More, how: { read(state: Entry): unknown; tell: Tell }): PropertyDescription[] {
    const stateTopic = this.#entity.topic('state_topic');
    const commandTopic = this.#entity.topic('command_topic');
    const read: Reading = ({ payload }) => (isEntry(payload) ? how.read(payload) : undefined);
    const write = (wish: CommandWish): Entry => ({
      ...switched(wish, this.#onId, wish.value !== false),
      ...how.tell(wish),
    });
    return this.#entity.part(base, more, {
      reports: stateTopic === undefined ? undefined : [this.#entity.reportOf(stateTopic, read)],
      command:
        commandTopic === undefined ? undefined : this.#entity.commandOf(commandTopic, write, this.#onId),
    });
  }

  brightness(): PropertyDescription[] {
    const scale = this.#entity.number('brightness_scale') ?? 255;
    return this.part('brightness', wellKnownProperties.brightness, {
      read: (state) => percentOf(state['brightness'], scale),
      tell: ({ value }) => ({ brightness: stepOf(value, scale) }),
    });
  }

  color(mode: ColorMode): PropertyDescription[] {
    return this.part('color', wellKnownProperties.color, {
      read: (state) => colorFrom(state['color']),
      tell: ({ value }) => ({ color: colorTold(value, mode) }),
    });
  }

  temperature(): PropertyDescription[] {
    const scale = temperatureScaleOf(this.#entity);
    return this.part('color_temperature', scale.more, {
      read: (state) => scale.kelvin(state['color_temp']),
      tell: ({ value }) => ({ color_temp: scale.told(value) }),
    });
  }

  effect(): PropertyDescription[] {
    return this.part('effect', effectOptions(this.#entity), {
      read: (state) => state['effect'] ?? undefined,
      tell: ({ value }) => ({ effect: value }),
    });
  }
}

export function jsonLightOf(entity: Entity): PropertyDescription[] {
  const modes = modesOf(entity);
  const light = new JsonLight(entity);
  const mode = colorModeOf(modes);
  const isDimmable = [...modes].some((each) => each !== 'onoff');
  const hasEffects = entity.isSet('effect') || entity.list('effect_list') !== undefined;
  return [
    ...light.part('on', wellKnownProperties.on, { read: isOn, tell: () => ({}) }),
    ...(isDimmable ? light.brightness() : []),
    ...(mode === undefined ? [] : light.color(mode)),
    ...(modes.has('color_temp') ? light.temperature() : []),
    ...(hasEffects ? light.effect() : []),
  ];
}
