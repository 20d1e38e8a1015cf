// Short names of properties: what a device says and takes under a name that nothing else of it has.
import { expect, test } from 'vitest';
import { homeAssistant } from '../../src/devices/discovery/home-assistant/home-assistant.ts';
import { RuleWorld } from '../support/rule-world.ts';

function climate(object: string, name: string): { readonly topic: string; readonly payload: object } {
  return {
    topic: `homeassistant/climate/node/${object}/config`,
    payload: {
      name,
      uniq_id: object,
      dev: { ids: ['a1'], name: 'node' },
      temp_cmd_t: `node/${object}/target/command`,
      temp_stat_t: `node/${object}/target/state`,
    },
  };
}

function world(): RuleWorld {
  const made = new RuleWorld({ time: Date.UTC(2026, 10, 23), formats: [homeAssistant()] });
  made.publish(climate('heating', 'Heating'));
  made.publish({ topic: 'node/heating/target/state', payload: 21 });
  return made;
}

const rule =
  'id: r\ntriggers: [{ message: go }]\nactions: [{ set: node, properties: { target_temperature: 19 } }]';

test('a named climate that is the only one is read and told by the usual names', () => {
  const house = world();
  expect(house.home.device('node')?.properties).toEqual({
    target_temperature: 21,
    target_temperature_heating: 21,
  });
  house.save(rule);
  house.publish({ topic: 'go', payload: 1 });
  expect(house.published.map(({ topic, payload }) => [topic, payload])).toEqual([
    ['node/heating/target/command', 19],
  ]);
});

test('both names in one wish are one command', () => {
  const house = world();
  const properties = { target_temperature: 19, target_temperature_heating: 20 };
  expect(house.home.commandsFor('node', { properties })?.commands).toMatchObject([
    { topic: 'node/heating/target/command', payload: 20 },
  ]);
});

test('of two climates neither has it', () => {
  const house = world();
  house.publish(climate('floor', 'Floor'));
  expect(house.home.device('node')?.properties).toEqual({ target_temperature_heating: 21 });
  const plan = house.home.commandsFor('node', { properties: { target_temperature: 19 } });
  expect(plan).toMatchObject({ commands: [], unsupported: ['target_temperature'] });
});
