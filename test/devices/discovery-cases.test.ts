// Discovery formats over payloads as real firmware sends them: cases as data, one runner.
import { describe, expect, test } from 'vitest';
import { bemfa } from '../../src/devices/discovery/bemfa/bemfa.ts';
import { homie4 } from '../../src/devices/discovery/homie/homie-4.ts';
import { homie5 } from '../../src/devices/discovery/homie/homie-5.ts';
import { tasmota } from '../../src/devices/discovery/tasmota/tasmota.ts';
import { encodePayload, Payload } from '../../src/devices/index.ts';
import { discover, discoveryCases, messagesOf, plainDevice, valuesOf } from '../support/discovery.ts';

const files = [
  { file: 'homie-4.json', format: homie4() },
  { file: 'homie-5.json', format: homie5() },
  { file: 'bemfa.json', format: bemfa },
  { file: 'tasmota.json', format: tasmota },
];

describe.each(files)('$file', ({ file, format }) => {
  test.each(discoveryCases(file))('$name', ({ topics, devices, problems, ...then }) => {
    const found = discover(format, topics);
    expect(found.devices.map(plainDevice)).toEqual(devices);
    expect(found.problems).toMatchObject(problems);
    expect(found.problems).toHaveLength(problems.length);
    const [device] = found.devices;
    if (device === undefined) return;
    for (const { topic, payload, values } of then.reported) {
      expect(valuesOf(device, topic, payload)).toEqual(values);
    }
    for (const { wanted, state, sends } of then.commands) {
      expect(messagesOf(device, wanted, state)).toEqual(sends);
    }
    for (const { topic, payload, online } of then.online) {
      const report = device.availability?.reports.find((each) => each.topic === topic);
      if (typeof report?.read !== 'function') throw new Error(`nothing reads ${topic}`);
      const { raw, value } = new Payload(encodePayload(payload));
      expect(report.read({ topic, payload: value, raw }) ?? null).toBe(online);
    }
  });
});

describe.each(files)('$file', ({ file, format }) => {
  test('ids are unique in their device', () => {
    for (const { topics } of discoveryCases(file)) {
      for (const { properties } of discover(format, topics).devices) {
        const ids = properties.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^[\p{L}\p{N}_]+$/u);
      }
    }
  });
});
