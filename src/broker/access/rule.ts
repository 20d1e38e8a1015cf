// One rule of access and how a list of them decides: denials first, then what is allowed.
/** Words of mosquitto's ACL files. `deny` takes away both. */
export type AccessWord = 'read' | 'write' | 'readwrite' | 'deny';

/** What a client wants: to be sent a message (`read`) or to publish one (`write`). */
export type AccessKind = 'read' | 'write';

export interface AccessRule {
  readonly access: AccessWord;
  readonly filter: string;
  /** Where a person finds it: `acl.txt:3`, `rule 01k9…`. */
  readonly where: string;
  /** Whose it is: of the house, of what every device may, or of an ACL file when absent. */
  readonly why?: 'rule' | 'own';
}

export const verdictWhys = [
  'admin',
  'own',
  'none',
  'reserved',
  'local',
  'anonymous',
  'open',
  'unknown',
  'off',
  'rule',
  'file',
  'bridge',
  'unfit',
] as const;

export type VerdictWhy = (typeof verdictWhys)[number];

export interface Verdict {
  readonly isAllowed: boolean;
  /** The rule that decided, or why none did. */
  readonly because: string;
  /** The same as a word, for who says it in another language. */
  readonly why: VerdictWhy;
  /** Of a rule: what it says, without where it stands. */
  readonly line?: string;
}

const allowedBy: Readonly<Record<AccessWord, readonly AccessKind[]>> = {
  read: ['read'],
  write: ['write'],
  readwrite: ['read', 'write'],
  deny: ['read', 'write'],
};

/** Split once, because a list is asked for every new topic of a client; means what `matchesFilter` of base means. */
interface Entry {
  readonly rule: AccessRule;
  readonly levels: readonly string[];
}

function matches(filter: readonly string[], topic: readonly string[]): boolean {
  for (let i = 0; i < filter.length; i++) {
    const level = filter[i];
    if (level === '#') return true;
    if (i >= topic.length || (level !== '+' && level !== topic[i])) return false;
  }
  return filter.length === topic.length;
}

/** Rules of which the denials go before the rest, whatever their order. */
export class RuleList {
  readonly #entries: readonly Entry[];

  constructor(rules: readonly AccessRule[]) {
    const entries = rules.map((rule) => ({ rule, levels: rule.filter.split('/') }));
    const isDenial = ({ rule }: Entry): boolean => rule.access === 'deny';
    this.#entries = [...entries.filter(isDenial), ...entries.filter((entry) => !isDenial(entry))];
  }

  /** Undefined when none says anything about it. */
  verdict(topic: string, kind: AccessKind): Verdict | undefined {
    const levels = topic.split('/');
    const isSystem = topic.startsWith('$');
    for (const { rule, levels: filter } of this.#entries) {
      if (!allowedBy[rule.access].includes(kind)) continue;
      // A rule must begin with $ itself to say anything of such a topic [MQTT-4.7.2-1].
      if ((isSystem && filter[0] !== levels[0]) || !matches(filter, levels)) continue;
      const { where, why = 'file' } = rule;
      const line = `${rule.access} ${rule.filter}`;
      return { isAllowed: rule.access !== 'deny', because: `${where}: ${line}`, why, line };
    }
    return undefined;
  }
}
