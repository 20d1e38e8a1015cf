// The devices of the running house: which formats are read, and who is told of them.
import { DeviceTopics } from '../api/index.ts';
import { discoveryFormats, Registry } from '../devices/index.ts';
import { announcing } from './house.ts';
import type { Base, Parts } from './parts.ts';

type DeviceParts = Pick<Base, 'ground' | 'running' | 'store' | 'states' | 'propertyChanges'>;

export function makeDevices({ ground, running, store, states, propertyChanges }: DeviceParts): Registry {
  const { config, log } = ground;
  return new Registry({
    formats: discoveryFormats(config.devices),
    states,
    rows: store,
    most: config.limits.devices,
    observer: {
      deviceChanged: (device) => {
        propertyChanges.deviceChanged(device);
        running.house?.devices.told(device);
        running.deviceTopics?.changed(device.id);
      },
      deviceForgotten: (id) => {
        running.house?.devices.forgotten(id);
        running.deviceTopics?.changed(id);
      },
      problem: ({ topic, path, code, message }) =>
        log.warn({ topic: topic.slice(0, 80), path, code }, `discovery: ${message}`),
    },
  });
}

/** Once the listeners are open; undefined unless it is configured. */
export function startDeviceTopics({ ground, running, devices, broker }: Parts): DeviceTopics | undefined {
  if (!ground.config.devices.uniform) return undefined;
  const topics = new DeviceTopics({ devices, broker: announcing(broker), clock: ground.clock });
  running.deviceTopics = topics;
  topics.start();
  return topics;
}
