// mosquitto's ACL file: its lines as rules, or every line that is wrong. Only the text; it opens no files.
import { filterFault, type LineProblem } from '../../base/index.ts';
import { placeholderFault } from './placeholders.ts';
import type { AccessRule, AccessWord } from './rule.ts';

export interface AclFile {
  /** `topic` lines before any `user`: of clients without a name, and of nobody else. */
  readonly anonymous: readonly AccessRule[];
  readonly users: ReadonlyMap<string, readonly AccessRule[]>;
  /** Of everybody, wherever the lines stand. */
  readonly patterns: readonly AccessRule[];
  /** When there are any, nothing of the file may be used. */
  readonly problems: readonly LineProblem[];
}

const longestLine = 65_536;
const words: ReadonlySet<string> = new Set<AccessWord>(['read', 'write', 'readwrite', 'deny']);

function isWord(text: string): text is AccessWord {
  return words.has(text);
}

/** The first word, and what follows the spaces after it. Tabs are not spaces here, nor in mosquitto. */
function firstWord(text: string): { readonly word: string; readonly rest: string } {
  const trimmed = text.replace(/^ +/, '');
  const end = trimmed.indexOf(' ');
  return end < 0
    ? { word: trimmed, rest: '' }
    : { word: trimmed.slice(0, end), rest: trimmed.slice(end).trimStart() };
}

interface Grant {
  readonly access: AccessWord;
  readonly filter: string;
}

/** `[read|write|readwrite|deny] filter`; a single word is a filter, so that a filter with a space needs its word. */
function grantOf(text: string): Grant | string {
  const { word, rest } = firstWord(text);
  if (word === '') return 'expected a topic filter';
  if (rest !== '' && !isWord(word)) {
    return `expected read, write, readwrite or deny, got "${word.slice(0, 40)}"`;
  }
  const grant: Grant =
    rest !== '' && isWord(word) ? { access: word, filter: rest } : { access: 'readwrite', filter: word };
  const fault = filterFault(grant.filter);
  return fault === undefined
    ? grant
    : `expected a topic filter, got "${grant.filter.slice(0, 80)}": ${fault}`;
}

/** Reads line after line; `user` changes whom the `topic` lines after it are for. */
class Reading {
  readonly problems: LineProblem[] = [];
  readonly anonymous: AccessRule[] = [];
  readonly users = new Map<string, AccessRule[]>();
  readonly patterns: AccessRule[] = [];
  readonly #name: string;
  #current = this.anonymous;

  constructor(name: string) {
    this.#name = name;
  }

  line(raw: string, number: number): void {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) return;
    const problem =
      line.length > longestLine ? `expected at most ${longestLine} characters` : this.#read(line, number);
    if (problem !== undefined) this.problems.push({ line: number, message: problem });
  }

  #read(line: string, number: number): string | undefined {
    const { word, rest } = firstWord(line);
    if (word === 'user') return this.#user(rest);
    if (word === 'topic') return this.#grant(this.#current, rest, number);
    if (word === 'pattern') return this.#grant(this.patterns, rest, number);
    return `expected user, topic or pattern and a space, got "${word.slice(0, 40)}"`;
  }

  #user(name: string): string | undefined {
    if (name === '') return 'expected a name after user';
    this.#current = this.users.get(name) ?? [];
    this.users.set(name, this.#current);
    return undefined;
  }

  #grant(rules: AccessRule[], text: string, number: number): string | undefined {
    const grant = grantOf(text);
    if (typeof grant === 'string') return grant;
    const fault = rules === this.patterns ? placeholderFault(grant.filter) : undefined;
    if (fault !== undefined) return fault;
    rules.push({ ...grant, where: `${this.#name}:${number}` });
    return undefined;
  }
}

/** `name` is how the file is called in verdicts. */
export function parseAclFile(text: string, name: string): AclFile {
  const reading = new Reading(name);
  for (const [index, line] of text.split('\n').entries()) reading.line(line, index + 1);
  return {
    anonymous: reading.anonymous,
    users: reading.users,
    patterns: reading.patterns,
    problems: reading.problems,
  };
}
