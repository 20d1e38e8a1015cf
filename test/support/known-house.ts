// A house as an analysis knows it: topics that were heard, devices with their topics.
import { encodePayload, HeardTopics, Payload, TopicStates } from '../../src/devices/index.ts';
import type { AnalysisHouse } from '../../src/rules/index.ts';

export interface KnownDevice {
  readonly commands: readonly string[];
  readonly reports: readonly string[];
  readonly labels: readonly string[];
}

export function knownHouse(
  heard: Readonly<Record<string, unknown>>,
  devices: Readonly<Record<string, KnownDevice>> = {},
): AnalysisHouse {
  const limits = { topics: 1000, payloadBytes: 10_000, topicsPerClient: 1000 };
  const states = new TopicStates({ put: () => undefined, delete: () => undefined }, limits);
  for (const [topic, value] of Object.entries(heard)) {
    const message = { topic, at: 0, qos: 0, retain: false, origin: 'client', by: 'device' } as const;
    states.update(message, new Payload(encodePayload(value)));
  }
  return {
    topics: new HeardTopics(states.tree),
    devices: {
      has: (id) => Object.hasOwn(devices, id),
      ids: () => Object.keys(devices),
      hasLabel: (label) => Object.values(devices).some(({ labels }) => labels.includes(label)),
      topics: (id) => devices[id],
    },
  };
}
