// One rule of access and how a list of them decides: denials first, then what is allowed.
import { matchesFilter } from '../../base/index.ts';

/** Words of mosquitto's ACL files. `deny` takes away both. */
export type AccessWord = 'read' | 'write' | 'readwrite' | 'deny';

/** What a client wants: to be sent a message (`read`) or to publish one (`write`). */
export type AccessKind = 'read' | 'write';

export interface AccessRule {
  readonly access: AccessWord;
  readonly filter: string;
  /** Where a person finds it: `acl.txt:3`, `rule 01k9…`. */
  readonly where: string;
}

export interface Verdict {
  readonly isAllowed: boolean;
  /** The rule that decided, or why none did. */
  readonly because: string;
}

const allowedBy: Readonly<Record<AccessWord, readonly AccessKind[]>> = {
  read: ['read'],
  write: ['write'],
  readwrite: ['read', 'write'],
  deny: ['read', 'write'],
};

/** Denials before the rest; otherwise the order is kept. */
export function inOrder(rules: readonly AccessRule[]): readonly AccessRule[] {
  const isDenial = ({ access }: AccessRule): boolean => access === 'deny';
  return [...rules.filter(isDenial), ...rules.filter((rule) => !isDenial(rule))];
}

/** `rules` as `inOrder` gives them. Undefined when none says anything about it. */
export function verdictOf(
  rules: readonly AccessRule[],
  topic: string,
  kind: AccessKind,
): Verdict | undefined {
  for (const { access, filter, where } of rules) {
    if (!allowedBy[access].includes(kind) || !matchesFilter(filter, topic)) continue;
    return { isAllowed: access !== 'deny', because: `${where}: ${access} ${filter}` };
  }
  return undefined;
}
