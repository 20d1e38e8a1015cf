// The plugins of the running house: where they are found, and what the house does for them.
import { join } from 'node:path';
import { z } from 'zod';
import type { Broker } from '../broker/index.ts';
import { packageRoot } from '../config/index.ts';
import { encodePayload } from '../devices/index.ts';
import { functionProblems } from '../expression/index.ts';
import {
  PluginFolders,
  type PluginFunctions,
  type PluginSecrets,
  Plugins,
  pluginError,
} from '../plugins/index.ts';
import type { Services } from '../rules/index.ts';
import type { Base } from './parts.ts';
import { pluginDirectoryOf } from './plugin-devices.ts';

const isSource = import.meta.url.endsWith('.ts');

function secretsOf({ home, store, ground }: Base): PluginSecrets {
  const { commits } = store;
  return {
    value: (name) => home.secrets.value(name),
    put: (name, value) => {
      home.secrets.put({ name, value, changedAt: ground.clock.now() });
      return new Promise((resolve) => commits.whenCommitted(commits.open, resolve));
    },
    delete: (name) => void home.secrets.delete(name),
  };
}

function functionsOf({ ground, home, running }: Base): PluginFunctions {
  return {
    check: ({ name, source }) => {
      const [problem] = functionProblems(source);
      if (problem !== undefined)
        throw pluginError('plugin-bad-call', `$${name} cannot be read: ${problem.message}`);
    },
    set: (plugin, offered) => {
      const changed = home.functions.set(plugin, offered);
      for (const rule of running.house?.rules.reread(changed) ?? [])
        ground.log.warn({ rule, plugin }, 'this rule names a function that is gone, and waits for it');
    },
  };
}

const notification = z.looseObject({ channels: z.array(z.string()) });
const call = z.object({ plugin: z.string(), action: z.string(), with: z.unknown() });

/** For the actions `notify` and `call`. */
export function pluginServices(plugins: Plugins): Services {
  return new Map([
    [
      'notify',
      async (request) => {
        const { channels, ...words } = notification.parse(request);
        await plugins.notify(channels, words);
      },
    ],
    [
      'plugin',
      (request) => {
        const { plugin, action, with: input } = call.parse(request);
        return plugins.act(plugin, action, input);
      },
    ],
  ]);
}

export function makePlugins(base: Base, broker: Broker): Plugins {
  const { ground, store, running } = base;
  const { config, clock, ids, log } = ground;
  const shipped = join(packageRoot(), 'plugins');
  return new Plugins({
    folders: new PluginFolders({
      shipped,
      built: isSource ? undefined : join(packageRoot(), 'dist/plugins'),
      installed: join(config.data, 'plugins'),
    }),
    trusted: config.plugins.trusted,
    broker: {
      publish: ({ payload, ...message }) => {
        const bytes = payload instanceof Uint8Array ? payload : encodePayload(payload);
        broker.publish({ ...message, payload: bytes });
      },
      listen: (filters, hear) => broker.listen(filters, hear),
    },
    devices: pluginDirectoryOf(base),
    secrets: secretsOf(base),
    functions: functionsOf(base),
    store,
    emit: ({ name, data, by }) => {
      const at = clock.now();
      const event = { kind: 'signal', signal: 'event', name, data, origin: 'bridge', by, depth: 0 } as const;
      running.live?.decide({ ...event, at });
    },
    clock,
    ids,
    log,
  });
}
