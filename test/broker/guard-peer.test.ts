// The same bytes to mosquitto: where a verdict differs, the case says why.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Mosquitto, mosquittoAbsence, mustHavePeers } from '../cli/mosquitto.ts';
import { caseFiles, casesOf, expectedOf, mosquittoExcuse, propertyExcuses } from './packet-cases.ts';
import { bytesFrom } from './packet-notation.ts';
import { isStranger, propertyCases } from './property-rules.ts';
import { type Outcome, probe } from './wire-probe.ts';

const testWithPeer = test.skipIf(mosquittoAbsence !== undefined && !mustHavePeers);

let peer: Mosquitto | undefined;
beforeAll(async () => {
  if (mosquittoAbsence === undefined) peer = await Mosquitto.start();
});
afterAll(async () => {
  await peer?.stop();
});

function portOfPeer(): number {
  if (peer === undefined) throw new Error(mosquittoAbsence);
  return peer.port;
}

/** Refused in whatever words. */
function verdict(outcome: Outcome): 'accepted' | 'refused' {
  return outcome === 'accepted' ? 'accepted' : 'refused';
}

/** It would wait for ever for bytes that do not come. */
function isWaiting(excuse: string | undefined): boolean {
  return excuse?.startsWith('waits') ?? false;
}

for (const file of caseFiles) {
  testWithPeer(`${file}: mosquitto decides as the cases say`, { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    for (const each of casesOf(file)) {
      for (const version of each.versions) {
        const excuse = mosquittoExcuse(each, version);
        if (isWaiting(excuse)) continue;
        const send = bytesFrom(each.send, version);
        const theirs = await probe(portOfPeer(), { version, isStranger: file === 'connect', send });
        const agrees = verdict(theirs) === verdict(expectedOf(each, version));
        if (!agrees && excuse === undefined) wrong.push(`${each.name}, version ${version}: ${theirs}`);
      }
    }
    expect(wrong).toEqual([]);
  });
}

testWithPeer('properties: mosquitto decides as the specification', { timeout: 60_000 }, async () => {
  const wrong: string[] = [];
  const excuses = propertyExcuses();
  // Good or bad, mosquitto answers a DISCONNECT by closing.
  const visible = propertyCases.filter(({ holder }) => holder !== 'disconnect');
  for (const { name, holder, bytes, expect: expected } of visible) {
    const probed = { version: 5, isStranger: isStranger(holder), send: bytes } as const;
    const theirs = await probe(portOfPeer(), probed);
    const agrees = (theirs === 'accepted') === (expected === 'accepted');
    if (!agrees && excuses[name] === undefined) wrong.push(`${name}: ${theirs}`);
  }
  expect(wrong).toEqual([]);
});
