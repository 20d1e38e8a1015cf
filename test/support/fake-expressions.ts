// Doubles of the use cases about expressions and the secrets that they read.
import type { Actor, Api } from '../../src/api/index.ts';

type Record = (what: string, actor: Actor | undefined, ...args: readonly unknown[]) => void;

export function fakeSecrets(record: Record): Api['secrets'] {
  return {
    list: () => [{ name: 'gate', changedAt: 1000 }],
    put: async (actor, name, value) => {
      record('secrets.put', actor, name, value);
      return { name, changedAt: 1000 };
    },
    delete: async (actor, name) => record('secrets.delete', actor, name),
  };
}

export function fakeExpressions(record: Record): Api['expressions'] {
  const example = { source: '1', result: 1 };
  const said = {
    value: 3,
    type: 'number',
    parts: [{ source: '1', start: 0, end: 1, value: 1 }],
    problems: [],
  } as const;
  return {
    functions: () => [{ name: 'state', signature: '<sx?:x>', en: '…', zh: '…', example, isOwn: true }],
    evaluate: (actor, request) => {
      record('expressions.evaluate', actor, request);
      return said;
    },
    present: (text) => {
      record('expressions.present', undefined, text);
      const entry = { path: 'conditions[0]', verdict: 'pass' } as const;
      return { at: 1000, entries: [entry], filters: ['home/lux'], readsDevices: false };
    },
  };
}
