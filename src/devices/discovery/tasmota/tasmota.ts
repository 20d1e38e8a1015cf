// Tasmota's own discovery, which it speaks since version 9.2: `tasmota/discovery/MAC/config` says what it is, `…/sensors`
// what it measures. https://tasmota.github.io/docs/Home-Assistant/
import type { DeviceDescription } from '../../model/description.ts';
import { slugOf } from '../../model/names.ts';
import type { Discovered, DiscoveryFormat, TopicsView } from '../format.ts';
import { isEntry } from '../home-assistant/abbreviations.ts';
import { readConfig, type TasmotaConfig, topicOf } from './config.ts';
import { inputsOf, signalOf } from './inputs.ts';
import { outputsOf } from './outputs.ts';
import { sensorsOf } from './sensors.ts';

const base = 'tasmota/discovery';
const sourcePattern = /^tasmota\/discovery\/[^/]+(?=\/(?:config|sensors)$)/;
const nothing: Discovered = { devices: [], problems: [] };

export const tasmota: DiscoveryFormat = {
  name: 'tasmota',
  filters: [`${base}/+/config`, `${base}/+/sensors`],
  rank: 30,
  sourceOf: (topic) => sourcePattern.exec(topic)?.[0],
  describe,
};

function describe(source: string, topics: TopicsView): Discovered {
  const topic = `${source}/config`;
  const payload = topics.payload(topic);
  if (payload === undefined || payload.bytes.length === 0) return nothing;
  const config = readConfig(payload.value);
  if ('wrong' in config) {
    const problem = { topic, path: config.path, code: 'bad-discovery', message: config.wrong };
    return { devices: [], problems: [problem] };
  }
  const sensors = topics.payload(`${source}/sensors`)?.value;
  const tree = isEntry(sensors) && isEntry(sensors['sn']) ? sensors['sn'] : {};
  return { devices: [deviceOf(config, tree)], problems: problemsOf(topic, config) };
}

function problemsOf(topic: string, { so }: TasmotaConfig): Discovered['problems'] {
  if (so['68'] !== 1) return [];
  const message = 'channels of light that are dimmed apart (SetOption68) are not supported';
  return [{ topic, path: 'so/68', code: 'not-supported', message }];
}

function deviceOf(config: TasmotaConfig, tree: Readonly<Record<string, unknown>>): DeviceDescription {
  const { mac, dn, t, md, sw, onln, ofln } = config;
  const name = dn ?? config.fn[0] ?? t;
  const isThere = ({ raw }: { readonly raw: string }): boolean | undefined =>
    raw === onln ? true : raw === ofln ? false : undefined;
  return {
    key: mac,
    slug: slugOf(name) || slugOf(t) || slugOf(mac),
    name,
    manufacturer: 'Tasmota',
    ...(md !== undefined && { model: md }),
    ...(sw !== undefined && { version: sw }),
    properties: [...outputsOf(config), ...sensorsOf(config, tree), ...inputsOf(config), signalOf(config)],
    availability: { mode: 'latest', reports: [{ topic: topicOf(config, 2, 'LWT'), read: isThere }] },
  };
}
