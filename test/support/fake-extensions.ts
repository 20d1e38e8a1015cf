// Doubles of the use cases about what extends the house: bridges and plugins.
import type { Actor, Api } from '../../src/api/index.ts';
import { bridgeView, pluginView } from './fake-views.ts';

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
