// Every case of bad (and good) input in test/cases/packets, over a real socket, in each protocol version it is for.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { caseFiles, casesOf, expectedOf, rowsCovered } from './packet-cases.ts';
import { bytesFrom } from './packet-notation.ts';
import { probe } from './wire-probe.ts';

let house: TestBroker;
beforeAll(async () => {
  house = await startBroker();
});
afterAll(async () => {
  expect(house.broker.counters().caught).toBe(0);
  await house.stop();
});

for (const file of caseFiles) {
  describe(file, () => {
    for (const each of casesOf(file)) {
      for (const version of each.versions) {
        test(`${each.name}, version ${version}`, async () => {
          const send = bytesFrom(each.send, version);
          const outcome = await probe(house.mqttPort, { version, isStranger: file === 'connect', send });
          expect(outcome).toBe(expectedOf(each, version));
        });
      }
    }
  });
}

test('every row of the list of bad input is covered where the table says', () => {
  const table = rowsCovered();
  expect(Object.keys(table)).toEqual(Array.from({ length: 55 }, (_, index) => `B${index + 1}`));
  const named = new Set(caseFiles.flatMap((file) => casesOf(file).flatMap((each) => each.rows)));
  const isNamed = (row: string, where: string): boolean =>
    where === 'cases'
      ? named.has(row)
      : new RegExp(`\\b${row}\\b`).test(readFileSync(new URL(`${where}.test.ts`, import.meta.url), 'utf8'));
  const missing = Object.entries(table).flatMap(([row, places]) =>
    places.filter((where) => !isNamed(row, where)).map((where) => `${row} in ${where}`),
  );
  expect(missing).toEqual([]);
});
