// Who may connect with a password: users of the house, and those of a password file. Knows no rules.
import { type PasswordEntry, type PasswordHash, parsePasswordHash } from '../../base/index.ts';
import type { UserRow } from '../ports.ts';

/** `listed`: from a password file; what it may do is the ACL file's matter. */
export type Standing = 'anonymous' | 'admin' | 'device' | 'listed';

export interface KnownUser {
  readonly name: string;
  readonly standing: Exclude<Standing, 'anonymous'>;
  readonly isEnabled: boolean;
  readonly hash: PasswordHash;
  /** The hash as it is stored; another text is another password. */
  readonly text: string;
}

function knownFromRow(row: UserRow): KnownUser {
  return {
    name: row.name,
    standing: row.role === 'admin' ? 'admin' : 'device',
    isEnabled: row.enabled,
    hash: parsePasswordHash(row.password),
    text: row.password,
  };
}

function knownFromEntry({ user, hash, text }: PasswordEntry): KnownUser {
  return { name: user, standing: 'listed', isEnabled: true, hash, text };
}

export class UserBook {
  readonly #rows = new Map<string, UserRow>();
  readonly #house = new Map<string, KnownUser>();
  #listed: ReadonlyMap<string, KnownUser> = new Map();

  /** Whether anybody at all may come with a password. */
  get isEmpty(): boolean {
    return this.#house.size === 0 && this.#listed.size === 0;
  }

  get hasAdmin(): boolean {
    for (const { role } of this.#rows.values()) if (role === 'admin') return true;
    return false;
  }

  /** Users of the house by name. */
  list(): UserRow[] {
    return [...this.#rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Of the house and of the file, in order. */
  names(): string[] {
    return [...new Set([...this.#house.keys(), ...this.#listed.keys()])].sort((a, b) => (a < b ? -1 : 1));
  }

  findRow(name: string): UserRow | undefined {
    return this.#rows.get(name);
  }

  /** A user of the house goes before one of the same name in the file. */
  find(name: string): KnownUser | undefined {
    return this.#house.get(name) ?? this.#listed.get(name);
  }

  /** Throws `bad-password-hash`. */
  put(row: UserRow): void {
    const known = knownFromRow(row);
    this.#house.set(row.name, known);
    this.#rows.set(row.name, row);
  }

  delete(name: string): void {
    this.#house.delete(name);
    this.#rows.delete(name);
  }

  /** Takes the file's users in the place of those before; returns the names whose password is another or gone. */
  replaceListed(entries: ReadonlyMap<string, PasswordEntry>): string[] {
    const before = this.#listed;
    this.#listed = new Map([...entries].map(([name, entry]) => [name, knownFromEntry(entry)]));
    const isChanged = (known: KnownUser): boolean => this.#listed.get(known.name)?.text !== known.text;
    return [...before.values()].filter(isChanged).map(({ name }) => name);
  }

  /**
   * A hash to try for a name that nobody has, so that the answer takes as long as for one that somebody has. The same
   * name gets the same one as long as nobody comes or goes.
   */
  decoy(number: number): KnownUser | undefined {
    const size = this.#house.size + this.#listed.size;
    let left = size === 0 ? 0 : number % size;
    for (const users of [this.#house, this.#listed]) {
      for (const known of users.values()) if (left-- === 0) return known;
    }
    return undefined;
  }
}
