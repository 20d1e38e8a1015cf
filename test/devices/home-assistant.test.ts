// Home Assistant's discovery as Zigbee2MQTT, ESPHome and others announce: what becomes of it, as data. Functions stand
// behind the values that reports give and the messages that wishes become.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { homeAssistant } from '../../src/devices/discovery/home-assistant/home-assistant.ts';
import { encodePayload, Payload } from '../../src/devices/index.ts';
import type { DeviceDescription } from '../../src/devices/model/description.ts';
import { Device } from '../../src/devices/registry/device.ts';
import { Formulas } from '../../src/devices/registry/formulas.ts';
import { merged } from '../../src/devices/registry/merge.ts';
import { planFor } from '../../src/devices/registry/planning.ts';
import { judgeReport } from '../../src/devices/registry/values.ts';
import { GivenTopics, plainDevice } from '../support/discovery.ts';

const values = z.record(z.string(), z.unknown());
const message = z.strictObject({ topic: z.string(), payload: z.unknown() });
const cases = z.array(
  z.strictObject({
    name: z.string(),
    topics: values,
    devices: z.array(values).default([]),
    problems: z.array(values).default([]),
    reported: z.array(message.extend({ values })).default([]),
    online: z.array(message.extend({ online: z.union([z.boolean(), z.null()]) })).default([]),
    commands: z
      .array(z.strictObject({ wanted: values, transition: z.number().optional(), sends: z.array(message) }))
      .default([]),
  }),
);

const format = homeAssistant();
const formulas = new Formulas();

function casesOf(file: string): z.infer<typeof cases> {
  const url = new URL(`../fixtures/discovery/${file}`, import.meta.url);
  return cases.parse(JSON.parse(readFileSync(url, 'utf8')));
}

/** As the registry does: sources that tell of one key make one device. */
function discovered(topics: Readonly<Record<string, unknown>>) {
  const view = new GivenTopics(topics);
  const bySource = Object.keys(topics)
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((topic) => {
      const source = format.sourceOf(topic);
      return source === undefined ? [] : [{ source, found: format.describe(source, view) }];
    });
  const parts = new Map<string, Map<string, DeviceDescription>>();
  for (const { source, found } of bySource)
    for (const device of found.devices) {
      const kin = parts.get(device.key) ?? new Map<string, DeviceDescription>();
      parts.set(device.key, kin.set(source, device));
    }
  const devices = [...parts.values()].map(merged).filter((device) => device !== undefined);
  return { devices, problems: bySource.flatMap(({ found }) => found.problems) };
}

function deviceOf(description: DeviceDescription): Device {
  const row = { id: 'd', format: '', key: '', toldName: '', name: null, room: null, labels: [] };
  const device = new Device({
    ...row,
    hidden: false,
    note: '',
    createdAt: 0,
    seenAt: 0,
    version: 1,
  } as never);
  device.description = description;
  return device;
}

function reportOf(topic: string, payload: unknown) {
  const { raw, value } = new Payload(encodePayload(payload));
  return { topic, payload: value, raw };
}

function valuesOf({ properties }: DeviceDescription, topic: string, payload: unknown): object {
  const said: Record<string, unknown> = {};
  for (const property of properties)
    for (const report of property.reports ?? []) {
      if (report.topic !== topic) continue;
      const result = formulas.read(report.read, reportOf(topic, payload));
      if ('error' in result) throw new Error(`${property.id}: ${result.error}`);
      const judged = result.value === undefined ? undefined : judgeReport(property, result.value);
      if (judged !== undefined) said[property.id] = 'value' in judged ? judged.value : judged;
    }
  return said;
}

const files = ['zigbee2mqtt.json', 'esphome.json', 'home-assistant.json'];

describe.each(files)('%s', (file) => {
  test.each(casesOf(file))('$name', ({ topics, devices, problems, ...then }) => {
    const found = discovered(topics);
    expect(found.devices.map(plainDevice)).toEqual(devices);
    expect(found.problems).toMatchObject(problems);
    expect(found.problems).toHaveLength(problems.length);
    const [device] = found.devices;
    if (device === undefined) return;
    for (const { topic, payload, values: said } of then.reported)
      expect(merge(found.devices.map((each) => valuesOf(each, topic, payload)))).toEqual(said);
    for (const { wanted, transition, sends } of then.commands) {
      const owner = found.devices.find(({ properties }) => properties.some(({ id }) => id in wanted));
      const wish = {
        properties: wanted,
        ...(transition !== undefined && { transitionMs: transition * 1000 }),
      };
      const { commands } = planFor(deviceOf(owner ?? device), wish, formulas);
      expect(commands.map(({ topic, payload }) => ({ topic, payload }))).toEqual(sends);
    }
    for (const { topic, payload, online } of then.online) {
      const report = device.availability?.reports.find((each) => each.topic === topic);
      const result = formulas.read(report?.read, reportOf(topic, payload));
      expect('value' in result ? (result.value ?? null) : result).toBe(online);
    }
  });
});

function merge(all: readonly object[]): object {
  return Object.assign({}, ...all) as object;
}

test('whatever stands in a message, it is described or told, each property once', () => {
  const messages = files.flatMap(casesOf).flatMap(({ topics }) => Object.entries(topics));
  const odd = fc.oneof(
    fc.constantFrom(...[null, '', 0, -1, true, '{{ value', '{% if x %}', 'a/#', '{{ value_json.a | int }}']),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.nat(), fc.nat(), odd, (message, at, within, value) => {
      const [topic, payload] = message;
      const copy = structuredClone(payload) as Record<string, unknown>;
      const keys = Object.keys(Object(copy) as object);
      const key = keys[at % Math.max(1, keys.length)];
      const inner = key === undefined ? undefined : copy[key];
      const innerKeys = typeof inner === 'object' && inner !== null ? Object.keys(inner) : [];
      const innerKey = innerKeys[within % Math.max(1, innerKeys.length)];
      if (innerKey !== undefined && within % 2 === 0) Reflect.set(Object(inner) as object, innerKey, value);
      else if (key !== undefined && typeof copy === 'object') copy[key] = value;
      for (const { properties } of discovered({ [topic]: copy }).devices) {
        const ids = properties.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^[\p{L}\p{N}_]+$/u);
      }
    }),
    { numRuns: 400 },
  );
});
