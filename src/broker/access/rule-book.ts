// What everybody may do: rules of the house and of an ACL file, put together for one client. Knows no passwords.
import { filterFault, matchesFilter, parseFilter } from '../../base/index.ts';
import type { AclRow } from '../ports.ts';
import type { AclFile } from './acl-file.ts';
import { expand, placeholderFault } from './placeholders.ts';
import { type AccessKind, type AccessRule, RuleList, type Verdict, type VerdictWhy } from './rule.ts';
import type { Standing } from './user-book.ts';

/** Who a client is once it is let in. */
export interface Identity {
  readonly client: string;
  /** Undefined for anonymous clients. */
  readonly user: string | undefined;
  readonly standing: Standing;
}

/** Decides for one client; compiled once and asked for every topic. */
export type Judge = (topic: string, kind: AccessKind) => Verdict;
type Step = (topic: string, kind: AccessKind) => Verdict | undefined;

/** Rules for everybody who has a name. */
export const everybody = '*';

/** Topics that only the house itself publishes to. */
export function isReserved(topic: string): boolean {
  return topic.startsWith('$') || topic === 'homerule' || topic.startsWith('homerule/');
}

/** Why this cannot be a rule of the house, or undefined when it can. */
export function houseRuleFault(row: Pick<AclRow, 'user' | 'filter'>): string | undefined {
  const fault = filterFault(row.filter);
  if (fault !== undefined) return fault;
  return row.user === everybody ? placeholderFault(row.filter) : undefined;
}

const allowed = (why: VerdictWhy, because: string): Verdict => ({ isAllowed: true, because, why });
const denied = (why: VerdictWhy, because: string): Verdict => ({ isAllowed: false, because, why });
const always =
  (verdict: Verdict): Step =>
  () =>
    verdict;
const listed = (rules: readonly AccessRule[]): Step => {
  const list = new RuleList(rules);
  return (topic, kind) => list.verdict(topic, kind);
};

const wildcard = /[+#]/;
/** A name that would be more than one level of a topic has no topics of its own. */
const unfit = /[+#/]/;

export class RuleBook {
  readonly #rows = new Map<string, AclRow>();
  readonly #grantable: readonly ReturnType<typeof parseFilter>[];
  #file: AclFile | undefined;
  #epoch = 0;

  /** `grantable`: filters of reserved topics that a rule may open for publishing. */
  constructor(grantable: readonly string[] = []) {
    this.#grantable = grantable.map((filter) => parseFilter(filter));
  }

  /** Grows with every change: what was decided under an older one must be asked again. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Whether an ACL file is in force. */
  get hasFile(): boolean {
    return this.#file !== undefined;
  }

  /** Of who has a certificate and is in no list of users. */
  get standingOfCertified(): 'listed' | 'device' {
    return this.hasFile ? 'listed' : 'device';
  }

  list(): AclRow[] {
    return [...this.#rows.values()];
  }

  findRow(id: string): AclRow | undefined {
    return this.#rows.get(id);
  }

  put(row: AclRow): void {
    this.#rows.set(row.id, row);
    this.#epoch++;
  }

  delete(id: string): void {
    this.#rows.delete(id);
    this.#epoch++;
  }

  replaceFile(file: AclFile | undefined): void {
    this.#file = file;
    this.#epoch++;
  }

  /** What nobody may do comes first; then the house's rules, then the file's, then what is so without any. */
  judgeOf(identity: Identity): Judge {
    const granted = this.#grantsOf(identity);
    const steps = [...granted, ...this.#withoutRules(identity)];
    return (topic, kind) => {
      const isOnlyGranted = kind === 'write' && isReserved(topic);
      if (isOnlyGranted && !this.#grantable.some((filter) => matchesFilter(filter, topic))) {
        const isOwnBridge = topic === `$SYS/broker/connection/${identity.client}/state`;
        return isOwnBridge
          ? allowed('bridge', 'the state of its own bridge')
          : denied('reserved', 'only the house publishes there');
      }
      for (const step of isOnlyGranted ? granted : steps) {
        const verdict = step(topic, kind);
        if (verdict !== undefined) return verdict;
      }
      return denied('none', 'no rule allows it');
    };
  }

  #grantsOf(identity: Identity): Step[] {
    const { standing, user } = identity;
    if (standing === 'admin') return [always(allowed('admin', 'administrators may use every topic'))];
    const house = user === undefined ? [] : [listed(this.#houseRules(identity, user))];
    return this.#file === undefined ? house : [...house, ...fileSteps(this.#file, identity)];
  }

  /** What is so where nothing is said. */
  #withoutRules({ standing, user }: Identity): Step[] {
    if (this.#file !== undefined || standing === 'device' || standing === 'admin') return [];
    return [
      always(
        user === undefined
          ? allowed('local', 'anonymous clients of this machine may')
          : allowed('open', 'there is no ACL file'),
      ),
    ];
  }

  #houseRules(identity: Identity, user: string): readonly AccessRule[] {
    const rules: AccessRule[] = [];
    for (const { id, user: whose, access, filter } of this.#rows.values()) {
      if (whose !== user && whose !== everybody) continue;
      const own = whose === everybody ? expand(filter, identity) : filter;
      if (own !== undefined) rules.push({ access, filter: own, where: `rule ${id}`, why: 'rule' });
    }
    if (identity.standing === 'device' && !unfit.test(user)) {
      rules.push({ access: 'readwrite', filter: `${user}/#`, where: 'own topics', why: 'own' });
    }
    return rules;
  }
}

/** As mosquitto goes through its file: the user's own lines, then the patterns, then nothing is allowed. */
function fileSteps(file: AclFile, identity: Identity): Step[] {
  const { user, client } = identity;
  const own = user === undefined ? file.anonymous : (file.users.get(user) ?? []);
  if (file.patterns.length === 0) return [listed(own)];
  if (wildcard.test(client) || wildcard.test(user ?? '')) {
    return [listed(own), always(denied('unfit', 'a name with + or # passes no pattern'))];
  }
  const patterns: AccessRule[] = [];
  for (const rule of file.patterns) {
    const filter = expand(rule.filter, identity);
    if (filter !== undefined) patterns.push({ ...rule, filter });
  }
  return [listed(own), listed(patterns)];
}
