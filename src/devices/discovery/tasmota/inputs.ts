// Switches and buttons of a Tasmota device that tell of themselves, and how well it hears its access point.
import type { PropertyDescription } from '../../model/description.ts';
import { isEntry } from '../home-assistant/abbreviations.ts';
import { meaningOf, numberOf } from '../home-assistant/words.ts';
import { type TasmotaConfig, topicOf } from './config.ts';

const actions = ['SINGLE', 'DOUBLE', 'TRIPLE', 'QUAD', 'PENTA', 'HOLD', 'CLEAR'];

function actionOf(payload: unknown, key: string): unknown {
  const input = isEntry(payload) ? payload[key] : undefined;
  return isEntry(input) ? input['Action'] : input;
}

export function inputsOf(config: TasmotaConfig): PropertyDescription[] {
  const result = topicOf(config, 1, 'RESULT');
  const [off = 'OFF', on = 'ON'] = config.state;
  const states = meaningOf([
    [on, true],
    [off, false],
  ]);
  const switches = config.swc.flatMap((mode, index): PropertyDescription[] => {
    if (mode < 0) return [];
    const key = `Switch${index + 1}`;
    const name = config.swn[index] ?? key;
    const reports = [result, topicOf(config, 2, 'SENSOR')].map((topic) => ({
      topic,
      read: ({ payload }: { readonly payload: unknown }) => states(actionOf(payload, key)),
    }));
    return [{ id: `switch_${index + 1}`, name, kind: 'boolean', reports }];
  });
  const buttons = config.btn.flatMap((tells, index): PropertyDescription[] => {
    const key = `Button${index + 1}`;
    const read = ({ payload }: { readonly payload: unknown }): unknown => actionOf(payload, key);
    if (tells !== 1 || config.so['73'] !== 1) return [];
    return [
      {
        id: `button_${index + 1}`,
        name: key,
        kind: 'event',
        options: actions,
        reports: [{ topic: result, read }],
      },
    ];
  });
  return [...switches, ...buttons];
}

export function signalOf(config: TasmotaConfig): PropertyDescription {
  return {
    id: 'signal_strength',
    name: 'Wi-Fi',
    kind: 'number',
    role: 'signal_strength',
    unit: 'dBm',
    category: 'diagnostic',
    reports: [
      {
        topic: topicOf(config, 2, 'STATE'),
        read: ({ payload }) => {
          const wifi = isEntry(payload) ? payload['Wifi'] : undefined;
          return isEntry(wifi) ? numberOf(wifi['Signal']) : undefined;
        },
      },
    ],
  };
}
