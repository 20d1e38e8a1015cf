// Doubles of the use cases about what extends the house: bridges, plugins and Node-RED.
import type { Actor, Api } from '../../src/api/index.ts';
import { bridgeView, flowsView, flowVersionView, pluginView } from './fake-views.ts';

type Record = (what: string, actor: Actor, ...args: readonly unknown[]) => void;

export function fakeBridges(record: Record): Api['bridges'] {
  return {
    list: () => [bridgeView('cloud')],
    get: (name) => bridgeView(name),
    save: async (actor, name, document) => {
      record('bridges.save', actor, name, document);
      return bridgeView(name);
    },
    delete: async (actor, name) => record('bridges.delete', actor, name),
  };
}

export function fakePlugins(record: Record): Api['plugins'] {
  return {
    list: () => [pluginView('bemfa')],
    get: (id) => pluginView(id),
    install: async (actor, folder) => {
      record('plugins.install', actor, folder);
      return pluginView('bemfa');
    },
    setEnabled: async (actor, id, isEnabled) => {
      record('plugins.setEnabled', actor, id, isEnabled);
      return pluginView(id, { enabled: isEnabled });
    },
    configure: async (actor, id, config) => {
      record('plugins.configure', actor, id, config);
      return pluginView(id, { config });
    },
    remove: async (actor, id) => record('plugins.remove', actor, id),
    act: async (actor, path, input) => {
      record('plugins.act', actor, path, input);
      return { result: 'said' };
    },
    channels: () => ['phone'],
    notify: async (actor, request) => record('plugins.notify', actor, request),
    answer: async (actor, id, request) => {
      record('plugins.answer', actor, id, request);
      return { status: 200, type: 'text/csv', text: 'a,b' };
    },
  };
}

export function fakeFlowCalls(record: Record): Api['flowCalls'] {
  return { answer: async (actor, call, answer) => record('flowCalls.answer', actor, call, answer) };
}

export function fakeEvents(record: Record): Api['events'] {
  return { emit: async (actor, name, request) => record('events.emit', actor, name, request) };
}

export function fakeFlows(record: Record): Api['flows'] {
  const flows = [{ id: 'n1', type: 'inject' }];
  const diff = [{ id: 'n1', type: 'inject', change: 'added', text: '@@ -0,0 +1,1 @@\n+{}' }] as const;
  return {
    state: () => flowsView(),
    start: async (actor, request) => {
      record('flows.start', actor, request);
      return flowsView({ state: request.safe ? 'safe' : 'running' });
    },
    stop: async (actor) => {
      record('flows.stop', actor);
      return { state: 'stopped', since: 1000, version: '5.0.7', restarts: 0 };
    },
    restart: async (actor, request) => {
      record('flows.restart', actor, request);
      return flowsView({ restarts: 1, lastError: { at: 1000, message: 'it hangs' } });
    },
    versions: async () => [flowVersionView(2, { diff }), flowVersionView(1)],
    version: async (version) => flowVersionView(version, { flows }),
    restore: async (actor, version, request) => {
      record('flows.restore', actor, version, request);
      return flowsView();
    },
  };
}

export function fakeFlowSeeds(record: Record): Api['flowSeeds'] {
  const title = { en: 'Presence lighting', zh: '人来灯亮' };
  const setting = { name: 'LAMP', kind: 'device', label: { en: 'Lamp', zh: '灯' }, value: 'lamp' } as const;
  return {
    list: async () => [
      { name: 'presence-lighting', title, description: title, settings: [setting], added: true },
    ],
    add: async (actor, name, request) => {
      record('flowSeeds.add', actor, name, request);
      return { name, flow: `homerule-${name}`, added: 3, kept: 2, replaced: 0 };
    },
  };
}
