// A double of the use cases about what waits.
import type { Actor, Api } from '../../src/api/index.ts';
import { HomeruleError } from '../../src/base/index.ts';
import { timerView } from './fake-views.ts';

export function fakeTimers(
  record: (what: string, actor: Actor, ...args: readonly unknown[]) => void,
): Api['timers'] {
  return {
    list: () => [timerView('run-1')],
    fire: async (actor, id) => {
      record('timers.fire', actor, id);
      if (id === 'nobody') throw new HomeruleError('timer-missing', 'missing', `there is no timer "${id}"`);
    },
    cancel: async (actor, id) => record('timers.cancel', actor, id),
  };
}
