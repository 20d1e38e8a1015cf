// The devices of the running house: which formats are read, and who is told of them.
import { DeviceTopics, HomeAssistantTopics, type House } from '../api/index.ts';
import { discoveryFormats, Registry } from '../devices/index.ts';
import { announcing } from './house.ts';
import type { Base, Parts } from './parts.ts';

type DeviceParts = Pick<Base, 'ground' | 'running' | 'store' | 'states' | 'propertyChanges' | 'shadows'>;

export function makeDevices({ ground, running, store, states, ...told }: DeviceParts): Registry {
  const { config, log } = ground;
  return new Registry({
    formats: discoveryFormats(config.devices),
    states,
    rows: store,
    most: config.limits.devices,
    observer: {
      deviceChanged: (device) => {
        told.propertyChanges.deviceChanged(device);
        told.shadows.deviceChanged(device);
        running.house?.devices.told(device);
        running.deviceTopics?.changed(device.id);
        running.homeAssistant?.changed(device.id);
      },
      deviceForgotten: (id) => {
        running.house?.devices.forgotten(id);
        running.deviceTopics?.changed(id);
        running.homeAssistant?.changed(id);
      },
      problem: ({ topic, path, code, message }) =>
        log.warn({ topic: topic.slice(0, 80), path, code }, `discovery: ${message}`),
    },
  });
}

/** Once the listeners are open; undefined unless it is configured. */
export function startDeviceTopics({ ground, running, devices, broker }: Parts): DeviceTopics | undefined {
  const { uniform, homeAssistant } = ground.config.devices;
  if (!uniform && !homeAssistant.publish) return undefined;
  const topics = new DeviceTopics({ devices, broker: announcing(broker), clock: ground.clock });
  running.deviceTopics = topics;
  topics.start();
  return topics;
}

/** Behind the states of devices, which it tells of; undefined unless it is configured. */
export function startHomeAssistant(parts: Parts, { rules }: House): HomeAssistantTopics | undefined {
  const { ground, running, devices, broker, watchers } = parts;
  const { prefix, publish } = ground.config.devices.homeAssistant;
  if (!publish) return undefined;
  const { clock } = ground;
  const topics = new HomeAssistantTopics({
    ...{ devices, rules, watchers, clock, prefix },
    broker: announcing(broker),
  });
  running.homeAssistant = topics;
  topics.start();
  return topics;
}
