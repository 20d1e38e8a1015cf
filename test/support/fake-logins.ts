// Doubles of the use cases about tokens and sessions of browsers.
import type { Actor, Api } from '../../src/api/index.ts';
import { sessionView, tokenView } from './fake-views.ts';

type Record = (what: string, actor: Actor | undefined, ...args: readonly unknown[]) => void;

export function fakeTokens(record: Record): Api['tokens'] {
  return {
    list: () => [tokenView('t1')],
    add: async (actor, request) => {
      record('tokens.add', actor, request);
      return { ...tokenView('t2', request), token: 'hr_x' };
    },
    delete: async (actor, id) => record('tokens.delete', actor, id),
  };
}

export function fakeSessions(record: Record): Api['sessions'] {
  return {
    list: () => [sessionView],
    endOne: async (actor, id) => {
      record('sessions.endOne', actor, id);
      return sessionView;
    },
    endOthers: async (actor) => {
      record('sessions.endOthers', actor);
      return { ended: 2 };
    },
  };
}
