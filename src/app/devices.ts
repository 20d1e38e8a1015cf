// The devices of the running house: which formats are read, and who is told of them.
import { discoveryFormats, Registry } from '../devices/index.ts';
import type { Base } from './parts.ts';

type DeviceParts = Pick<Base, 'ground' | 'running' | 'store' | 'states'>;

export function makeDevices({ ground, running, store, states }: DeviceParts): Registry {
  const { config, log } = ground;
  return new Registry({
    formats: discoveryFormats(config.devices),
    states,
    rows: store,
    most: config.limits.devices,
    observer: {
      deviceChanged: (device) => running.house?.devices.told(device),
      deviceForgotten: (id) => running.house?.devices.forgotten(id),
      problem: ({ topic, path, code, message }) =>
        log.warn({ topic: topic.slice(0, 80), path, code }, `discovery: ${message}`),
    },
  });
}
