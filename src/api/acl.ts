// Use cases about access: what users may read and write.
import { type Clock, filterFault, type Ids, topicFault } from '../base/index.ts';
import type { AclApi, Actor } from './api.ts';
import type {
  AclCheckRequest,
  AclCheckView,
  AclRequest,
  AclRuleView,
  AclWhoRequest,
  AclWhoView,
} from './contract.ts';
import { fail } from './errors.ts';
import type { AccessPort } from './ports.ts';
import { whenKept } from './users.ts';

export interface AclOptions {
  readonly access: AccessPort;
  readonly clock: Clock;
  readonly ids: Ids;
}

export class Acl implements AclApi {
  readonly #options: AclOptions;

  constructor(options: AclOptions) {
    this.#options = options;
  }

  list(user?: string): readonly AclRuleView[] {
    const rules = this.#options.access.rules();
    return user === undefined ? rules : rules.filter((rule) => rule.user === user);
  }

  async add(_actor: Actor, request: AclRequest): Promise<AclRuleView> {
    const { access, clock, ids } = this.#options;
    const { user, filter } = request;
    if (user !== '*' && access.findUser(user) === undefined && !access.isListed(user)) {
      throw fail('user-missing', `there is no user "${user}"; * stands for everybody who has a name`);
    }
    const fault = filterFault(filter);
    if (fault !== undefined) throw fail('bad-filter', `"${filter}" is not a topic filter: ${fault}`);
    const rule = { id: ids.next(), ...request, at: clock.now() };
    access.putRule(rule);
    await whenKept(access.commits);
    return rule;
  }

  async delete(_actor: Actor, id: string): Promise<void> {
    const { access } = this.#options;
    if (access.findRule(id) === undefined) {
      throw fail('access-rule-missing', `there is no access rule "${id.slice(0, 80)}"`);
    }
    access.deleteRule(id);
    await whenKept(access.commits);
  }

  check({ user, client = 'check', access: kind, topic }: AclCheckRequest): AclCheckView {
    const fault = topicFault(topic);
    if (fault !== undefined) {
      throw fail('bad-topic', `"${topic}" is not a topic: ${fault}`, { params: { why: 'name' } });
    }
    const { isAllowed, ...told } = this.#options.access.check({ user, client, topic, kind });
    return { allowed: isAllowed, ...told };
  }

  /** Client ids are not known beforehand: lines with %c are judged as for the client `check`. */
  who({ access, topic }: AclWhoRequest): readonly AclWhoView[] {
    const { access: port } = this.#options;
    const named = port.names().map((user): AclWhoView => {
      const role = port.findUser(user)?.role;
      return { user, ...(role !== undefined && { role }), ...this.check({ user, access, topic }) };
    });
    const all = [this.check({ access, topic }), ...named];
    return all.toSorted((a, b) => Number(b.allowed) - Number(a.allowed));
  }

  async reload(_actor: Actor): Promise<void> {
    await this.#options.access.reload();
  }
}
