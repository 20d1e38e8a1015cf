// `rule: ID` wakes the rule when a run of that rule has ended.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { triggerKind } from './kind.ts';

const id = z.string().min(1);
const outcomes = ['finished', 'stopped', 'superseded', 'timed-out', 'failed', 'cancelled'] as const;

export const rule = triggerKind({
  verb: 'rule',
  doc: { en: 'a run of another rule has ended', zh: '另一条规则的运行结束' },
  example: 'rule: watering\noutcome: failed',
  shape: {
    rule: field('rule', z.union([id, z.array(id).min(1)])),
    outcome: z
      .union([z.enum(outcomes), z.array(z.enum(outcomes)).min(1)], {
        error: `expected one of ${outcomes.join(', ')}`,
      })
      .optional(),
  },
  compile({ rule: written, outcome = [...outcomes] }) {
    const rules = new Set(typeof written === 'string' ? [written] : written);
    const wanted = new Set<unknown>(typeof outcome === 'string' ? [outcome] : outcome);
    return {
      on: 'signal',
      signal: 'rule',
      names: [...rules],
      accept: ({ name, value }) => (rules.has(name) && wanted.has(value) ? { value } : undefined),
    };
  },
});
