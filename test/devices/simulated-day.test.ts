// A whole day of the simulated home through engine, registry, contracts and proposals, in virtual time; what is found is
// compared with data. UPDATE_DAY=1 writes the data anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discoveryFormats, Proposals, TopicContracts } from '../../src/devices/index.ts';
import { simulatedDay } from '../fixtures/simulated-day/day.ts';
import { MapRows, RuleWorld } from '../support/rule-world.ts';

const expectedFile = new URL('../fixtures/simulated-day/expected.json', import.meta.url);
const formats = discoveryFormats({ learn: true, homie: 'homie', homeAssistant: { prefix: 'homeassistant' } });
const start = Date.UTC(2026, 2, 10);

interface Lived {
  readonly world: RuleWorld;
  readonly contracts: TopicContracts;
  readonly news: string[];
  readonly lines: number;
}

function live(seed: number, days = 1): Lived {
  const world = new RuleWorld({ time: start, formats: formats });
  const news: string[] = [];
  const contracts: TopicContracts = new TopicContracts({
    clock: world.clock,
    rows: new MapRows((row) => row.topic),
    most: 1000,
    find: (topic) => world.states.find(topic),
    observer: {
      news: (topic, told) => news.push(`${told.news} ${topic}`),
      learned: (topic) => proposals.look(topic),
    },
  });
  const proposals = new Proposals({
    contract: (topic) => contracts.find(topic),
    formatOf: (topic) => world.devices?.formatOf(topic),
    isSaidByDevice: (topic) => world.states.find(topic)?.origin === 'client',
    propose: (key, document) => {
      const change = { change: 'learn', key, document } as const;
      world.decide({ kind: 'command', at: world.clock.now(), command: { do: 'device', change }, by: '' });
    },
  });
  contracts.start();
  const lines = simulatedDay(seed, days);
  for (const { after, topic, payload, isRetained } of lines) {
    world.clock.advanceTo(start + after);
    world.publish({ topic, payload, retain: isRetained, origin: 'client', by: 'home' });
    contracts.note(topic);
  }
  contracts.stop();
  return { world, contracts, news, lines: lines.length };
}

/** Devices with what each property is; topics with the types of their fields. */
function found({ world, contracts }: Lived): object {
  const devices = (world.devices?.roster.list() ?? []).map(({ id, row, description }) => {
    const properties = (description?.properties ?? []).map(({ id: property, kind, unit }) =>
      [property, kind, unit].filter((part) => part).join(' '),
    );
    return [id, { format: row.format, properties }];
  });
  const topics = [...contracts.topics()]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((topic) => {
      const fields = Object.entries(contracts.find(topic)?.fields ?? {});
      return [topic, Object.fromEntries(fields.map(([path, { types }]) => [path, types.join(' or ')]))];
    });
  return { devices: Object.fromEntries(devices), topics: Object.fromEntries(topics) };
}

describe('a simulated day', () => {
  test('every device is found, with the right properties, and nothing else', () => {
    const lived = live(1);
    expect(lived.lines).toBeGreaterThan(4000);
    const text = `${JSON.stringify(found(lived), null, 2)}\n`;
    if (process.env['UPDATE_DAY'] === '1') writeFileSync(expectedFile, text);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));
  });

  test('another seed is another day with the same devices', () => {
    expect(found(live(2))).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));
  });

  test('ordinary days give no news', () => {
    expect(live(3, 3).news).toEqual([]);
  });
});
