// Relays, lights and shutters of a Tasmota device: answers and telemetry tell of all of them in one object.
import type { Command, PropertyDescription, Report } from '../../model/description.ts';
import { wellKnown } from '../../model/well-known.ts';
import { isEntry } from '../home-assistant/abbreviations.ts';
import { hexFrom, numbersOf } from '../home-assistant/components/light-values.ts';
import { meaningOf, numberOf } from '../home-assistant/words.ts';
import { type TasmotaConfig, topicOf } from './config.ts';

type Field = (state: Readonly<Record<string, unknown>>) => unknown;

function reports(config: TasmotaConfig, field: Field): readonly Report[] {
  return [topicOf(config, 1, 'RESULT'), topicOf(config, 2, 'STATE')].map((topic) => ({
    topic,
    read: ({ payload }) => (isEntry(payload) ? field(payload) : undefined),
  }));
}

function command(config: TasmotaConfig, name: string, write?: (value: unknown) => unknown): Command {
  const topic = topicOf(config, 0, name);
  return { topic, ...(write && { write: ({ value }) => write(value) }) };
}

function powerOf(config: TasmotaConfig, index: number): PropertyDescription {
  const outputs = config.rl.filter((kind) => kind === 1 || kind === 2).length;
  const name = outputs === 1 ? 'POWER' : `POWER${index + 1}`;
  const [off = 'OFF', on = 'ON'] = config.state;
  const states = meaningOf([
    [on, true],
    [off, false],
  ]);
  const isLight = config.rl[index] === 2;
  const first = config.rl.indexOf(isLight ? 2 : 1);
  const called = config.fn[index];
  const power = wellKnown('on', {
    ...(typeof called === 'string' && outputs > 1 && { name: called }),
    // of one output some answer POWER, some POWER1
    reports: reports(config, (state) => states(state[name] ?? (outputs === 1 ? state['POWER1'] : undefined))),
    command: command(config, name, (value) => (value === true ? on : off)),
  });
  const isMain = index === first && (isLight || !config.rl.includes(2));
  return isMain ? power : { ...power, id: `on_${index + 1}` };
}

const temperature = (mired: number): number => Math.round(1_000_000 / mired);

function lightOf(config: TasmotaConfig): PropertyDescription[] {
  const { lt_st: kind } = config;
  const percent: Field = ({ Dimmer }) => numberOf(Dimmer);
  const color: Field = ({ HSBColor }) =>
    typeof HSBColor === 'string' ? hexFrom(HSBColor.split(',').slice(0, 2), 'hs') : undefined;
  const kelvin: Field = ({ CT }) => {
    const mired = numberOf(CT);
    return mired === undefined || mired <= 0 ? undefined : temperature(mired);
  };
  return [
    ...(kind >= 1
      ? [wellKnown('brightness', { reports: reports(config, percent), command: command(config, 'Dimmer') })]
      : []),
    ...(kind >= 3
      ? [
          wellKnown('color', {
            reports: reports(config, color),
            // keeps the brightness
            command: command(config, 'Color2', (value) => numbersOf(value, 'rgb').join(',')),
          }),
        ]
      : []),
    ...(kind === 2 || kind === 5
      ? [
          wellKnown('color_temperature', {
            min: temperature(config.so['82'] === 1 ? 380 : 500),
            max: temperature(config.so['82'] === 1 ? 200 : 153),
            reports: reports(config, kelvin),
            command: command(config, 'CT', (value) => temperature(Number(value))),
          }),
        ]
      : []),
  ];
}

function shutterOf(config: TasmotaConfig, number: number): PropertyDescription[] {
  const key = `Shutter${number}`;
  const position: Field = (state) => {
    const shutter = state[key] ?? state[key.toUpperCase()];
    return isEntry(shutter) ? numberOf(shutter['Position']) : undefined;
  };
  const suffix = number === 1 ? '' : `_${number}`;
  const told = command(config, `ShutterPosition${number}`);
  const more = reports(config, position);
  const sensor = { ...more[0], topic: topicOf(config, 2, 'SENSOR') };
  const words: Readonly<Record<string, string>> = { open: 'OPEN', close: 'CLOSE', stop: 'STOP' };
  return [
    wellKnown('position', { reports: [...more, sensor], command: told }),
    wellKnown('movement', {
      command: command(config, `ShutterPosition${number}`, (value) => words[String(value)]),
    }),
  ].map((property) => ({ ...property, id: `${property.id}${suffix}` }));
}

export function outputsOf(config: TasmotaConfig): PropertyDescription[] {
  const switched = config.rl.flatMap((kind, index) =>
    kind === 1 || kind === 2 ? [powerOf(config, index)] : [],
  );
  // a shutter has two relays
  const shutters = Math.floor(config.rl.filter((kind) => kind === 3).length / 2);
  return [
    ...switched,
    ...(config.rl.includes(2) ? lightOf(config) : []),
    ...Array.from({ length: shutters }, (_, index) => shutterOf(config, index + 1)).flat(),
  ];
}
