// Runs a discovery format over given payloads, as the registry does, and writes what it finds as plain data.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { matchesFilter } from '../../src/base/index.ts';
import type { DiscoveryFormat, TopicsView } from '../../src/devices/discovery/format.ts';
import { encodePayload, Payload } from '../../src/devices/index.ts';
import type { DeviceDescription, PropertyDescription } from '../../src/devices/model/description.ts';

const values = z.record(z.string(), z.unknown());
const message = z.strictObject({ topic: z.string(), payload: z.unknown() });

/** One case: what topics say, the devices that follow, what reports and wishes then mean. */
export const discoveryCase = z.strictObject({
  name: z.string(),
  /** Payloads by topic; what is no text is JSON. */
  topics: values,
  devices: z.array(values),
  problems: z.array(values).default([]),
  /** Values of the first device's properties after one message. */
  reported: z.array(message.extend({ values })).default([]),
  online: z.array(message.extend({ online: z.union([z.boolean(), z.null()]) })).default([]),
  commands: z
    .array(z.strictObject({ wanted: values, state: values.default({}), sends: z.array(message) }))
    .default([]),
});

export type DiscoveryCase = z.infer<typeof discoveryCase>;

/** Of a file in test/fixtures/discovery. */
export function discoveryCases(file: string): DiscoveryCase[] {
  const url = new URL(`../fixtures/discovery/${file}`, import.meta.url);
  return z.array(discoveryCase).parse(JSON.parse(readFileSync(url, 'utf8')));
}

export class GivenTopics implements TopicsView {
  readonly #payloads: ReadonlyMap<string, Payload>;

  constructor(topics: Readonly<Record<string, unknown>>) {
    this.#payloads = new Map(
      Object.entries(topics).map(([topic, value]) => [topic, new Payload(encodePayload(value))]),
    );
  }

  payload(topic: string): Payload | undefined {
    return this.#payloads.get(topic);
  }

  topics(filter: string): readonly string[] {
    const topics = [...this.#payloads.keys()].filter((topic) => matchesFilter(filter, topic));
    return topics.sort((a, b) => (a < b ? -1 : 1));
  }
}

export interface Found {
  readonly devices: readonly DeviceDescription[];
  readonly problems: readonly unknown[];
}

/** All sources of the topics that the format reads. */
export function discover(format: DiscoveryFormat, topics: Readonly<Record<string, unknown>>): Found {
  const view = new GivenTopics(topics);
  const heard = Object.keys(topics).filter((topic) =>
    format.filters.some((filter) => matchesFilter(filter, topic)),
  );
  const sources = new Set(
    heard.map((topic) => format.sourceOf(topic)).filter((source) => source !== undefined),
  );
  const found = [...sources].sort((a, b) => (a < b ? -1 : 1)).map((source) => format.describe(source, view));
  return {
    devices: found.flatMap(({ devices }) => devices),
    problems: found.flatMap(({ problems }) => problems),
  };
}

/** A device without its functions: reports and commands by their topics. */
export function plainDevice({ properties, availability, ...device }: DeviceDescription): object {
  return {
    ...device,
    ...(availability && { availability: availability.reports.map(({ topic }) => topic) }),
    properties: properties.map(plainProperty),
  };
}

function plainProperty({ reports, command, ...property }: PropertyDescription): object {
  return {
    ...property,
    ...(reports && { reports: reports.map(({ topic }) => topic) }),
    ...(command && { command: command.topic }),
  };
}

/** What one message says of each property; those of which it says nothing are missing. */
export function valuesOf(device: DeviceDescription, topic: string, payload: unknown): object {
  const { raw, value } = new Payload(encodePayload(payload));
  const said: Record<string, unknown> = {};
  for (const { id, reports = [] } of device.properties) {
    const report = reports.find((each) => each.topic === topic);
    if (report === undefined) continue;
    if (typeof report.read === 'string') throw new Error(`${id} is read by an expression`);
    const read = report.read ? report.read({ topic, payload: value, raw }) : value;
    if (read !== undefined) said[id] = read;
  }
  return said;
}

/** The messages of one wish: one for each group, otherwise one for each property. */
export function messagesOf(
  device: DeviceDescription,
  wanted: Readonly<Record<string, unknown>>,
  state: Readonly<Record<string, unknown>>,
): { topic: string; payload: unknown }[] {
  const groups = new Set<string>();
  const messages: { topic: string; payload: unknown }[] = [];
  for (const [id, value] of Object.entries(wanted)) {
    const command = device.properties.find((property) => property.id === id)?.command;
    if (command === undefined) throw new Error(`${id} cannot be commanded`);
    if (typeof command.write === 'string') throw new Error(`${id} is written by an expression`);
    if (command.group !== undefined && groups.has(command.group)) continue;
    if (command.group !== undefined) groups.add(command.group);
    const payload = command.write ? command.write({ value, wanted, state }) : value;
    messages.push({ topic: command.topic, payload });
  }
  return messages;
}
