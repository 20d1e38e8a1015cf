// Every property of MQTT 5 in every packet of a client: allowed, twice, cut at each byte, or out of place.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { holders, isStranger, propertyCases, specified } from './property-rules.ts';
import { probe } from './wire-probe.ts';

let house: TestBroker;
beforeAll(async () => {
  house = await startBroker();
});
afterAll(async () => {
  expect(house.broker.counters().caught).toBe(0);
  await house.stop();
});

test('the list is that of the specification', () => {
  expect(specified).toHaveLength(27);
  expect(specified.filter((property) => property.in === '-')).toHaveLength(9);
  expect(propertyCases.length).toBeGreaterThan(400);
});

function expectedOutcome(holder: string, expected: string): string {
  if (expected !== 'accepted') return `${isStranger(holder) ? 'connack' : 'disconnect'} ${expected}`;
  return holder === 'disconnect' ? 'closed' : 'accepted';
}

test.each(holders)('B21, B22, B23: %s', async (holder) => {
  const wrong: string[] = [];
  for (const each of propertyCases.filter((candidate) => candidate.holder === holder)) {
    const outcome = await probe(house.mqttPort, {
      version: 5,
      isStranger: isStranger(holder),
      send: each.bytes,
    });
    const expected = expectedOutcome(holder, each.expect);
    if (outcome !== expected) wrong.push(`${each.name}: ${outcome}, not ${expected}`);
  }
  expect(wrong).toEqual([]);
});
