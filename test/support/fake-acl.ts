// A double of the use cases about rules of access.
import type { Actor, Api } from '../../src/api/index.ts';
import { aclRuleView } from './fake-views.ts';

export function fakeAcl(
  record: (what: string, actor: Actor | undefined, ...args: readonly unknown[]) => void,
): Api['acl'] {
  return {
    list: (user) => {
      record('acl.list', undefined, user);
      return [aclRuleView('r1')];
    },
    add: async (actor, request) => {
      record('acl.add', actor, request);
      return aclRuleView('r2', request);
    },
    delete: async (actor, id) => record('acl.delete', actor, id),
    check: (request) => {
      record('acl.check', undefined, request);
      return { allowed: request.topic.startsWith('lamp/'), because: 'own topics', why: 'own' };
    },
    who: (request) => {
      record('acl.who', undefined, request);
      const may = { user: 'lamp', role: 'device', allowed: true, because: 'own topics', why: 'own' } as const;
      return [may, { allowed: false, because: 'anonymous clients may not connect', why: 'anonymous' }];
    },
    reload: async (actor) => record('acl.reload', actor),
  };
}
