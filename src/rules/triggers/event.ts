// `event: NAME` wakes the rule when a rule, a flow, a plugin or the API emitted it.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { triggerKind } from './kind.ts';

export const event = triggerKind({
  verb: 'event',
  doc: { en: 'an event was emitted', zh: '发出了某个事件' },
  example: 'event: doorbell',
  shape: { event: field('event', z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])) },
  compile({ event: names }) {
    const wanted = new Set(typeof names === 'string' ? [names] : names);
    return {
      on: 'signal',
      signal: 'event',
      names: [...wanted],
      accept: ({ name }) => (wanted.has(name) ? { value: name } : undefined),
    };
  },
});
