// mosquitto's password file: `user:hash` on each line. Only its text; where the file is and who reads it is not known.
import { messageOf } from './errors.ts';
import { type PasswordHash, parsePasswordHash } from './password-hash.ts';

/** Something wrong in a file that is read line by line. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  /** What was expected and what came. */
  readonly message: string;
}

export interface PasswordEntry {
  readonly user: string;
  /** As it stands in the file. */
  readonly text: string;
  readonly hash: PasswordHash;
}

export interface PasswordFile {
  readonly entries: ReadonlyMap<string, PasswordEntry>;
  /** When there are any, nothing of the file may be used. */
  readonly problems: readonly LineProblem[];
}

const maxUserBytes = 65_535;

/** The user and what follows the colon; undefined for a comment, an empty line or a line without a colon. */
export function splitPasswordLine(
  line: string,
): { readonly user: string; readonly rest: string } | undefined {
  const colon = line.indexOf(':');
  return line.startsWith('#') || colon < 0
    ? undefined
    : { user: line.slice(0, colon), rest: line.slice(colon + 1).trimEnd() };
}

/** Why this cannot be the name of a user in a password file, or undefined when it can. */
export function userNameFault(user: string): string | undefined {
  if (user === '') return 'expected a user name before the colon';
  if (user.includes(':')) return 'a user name holds no colon';
  if (/\p{Cc}/u.test(user)) return 'a user name holds no control characters';
  return Buffer.byteLength(user) > maxUserBytes ? 'a user name has at most 65535 bytes' : undefined;
}

function entryOf(line: string): PasswordEntry | string {
  const parts = splitPasswordLine(line);
  if (parts === undefined) return 'expected user:hash, found no colon';
  const { user, rest } = parts;
  const fault = userNameFault(user);
  if (fault !== undefined) return fault;
  try {
    return { user, text: rest, hash: parsePasswordHash(rest) };
  } catch (error) {
    return `user "${user.slice(0, 80)}": ${messageOf(error)}`;
  }
}

/** Every line that is wrong is named. Stricter than mosquitto, which drops some of them without a word. */
export function parsePasswordFile(text: string): PasswordFile {
  const entries = new Map<string, PasswordEntry>();
  const problems: LineProblem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const entry = entryOf(line);
    if (typeof entry === 'string') problems.push({ line: index + 1, message: entry });
    else if (entries.has(entry.user)) {
      problems.push({ line: index + 1, message: `user "${entry.user}" stands in an earlier line already` });
    } else entries.set(entry.user, entry);
  }
  return { entries, problems };
}
