// Users and rules as the house manages them at run time: in RAM for the broker, as rows for the next start. What is
// put here holds at once, for open connections too. Outlives the broker's starts and stops.
import type { Commits, Logger, Rows, Undo } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { AclRow, UserRow } from '../ports.ts';
import { type FilePaths, readAccessFiles } from './access-files.ts';
import { Permits } from './permits.ts';
import type { AccessKind, Verdict } from './rule.ts';
import { houseRuleFault, type Identity, RuleBook } from './rule-book.ts';
import { UserBook } from './user-book.ts';

/** Rows that can be read back. */
export interface StoredRows<Row> extends Rows<Row> {
  all(): Promise<readonly Row[]>;
}

export interface AccessOptions extends FilePaths {
  /** Whether clients of this machine itself need no name; absent: until there is an administrator. Clients of others always do. */
  readonly allowAnonymous?: boolean | undefined;
  /** Whether what is retained goes only as long as its publisher may publish there; so when absent. */
  readonly checkRetainSource?: boolean;
  /** Filters of reserved topics that may be published when a rule says so; nobody may otherwise. */
  readonly grantable?: readonly string[];
  /** Whether names may come from certificates. */
  readonly areNamesCertified?: boolean;
  readonly users?: StoredRows<UserRow>;
  readonly rules?: StoredRows<AclRow>;
}

export interface AccessQuestion {
  /** Absent for an anonymous client. */
  readonly user?: string | undefined;
  readonly client: string;
  readonly topic: string;
  readonly kind: AccessKind;
}

/** Told the names whose password, role or permission to connect is not what it was; the empty one is of anonymous clients. */
export type RevokeListener = (names: ReadonlySet<string>) => void;

export class AccessBook {
  readonly users = new UserBook();
  readonly rules: RuleBook;
  readonly permits: Permits;
  readonly #options: AccessOptions;
  readonly #log: Logger;
  readonly #listeners = new Set<RevokeListener>();

  constructor(options: AccessOptions, log: Logger) {
    this.#options = options;
    this.rules = new RuleBook(options.grantable);
    this.permits = new Permits(this.users, this.rules, options.areNamesCertified ?? false);
    this.#log = log;
  }

  get allowAnonymous(): boolean {
    return this.#options.allowAnonymous ?? !this.users.hasAdmin;
  }

  get checksRetainSource(): boolean {
    return this.#options.checkRetainSource ?? true;
  }

  /** Whether anybody may come with a name, and so from another machine. */
  get hasUsers(): boolean {
    return !this.users.isEmpty;
  }

  /** Throws `access-file-unreadable` or `access-file-invalid`: a house does not start with half of its rules. */
  async load(): Promise<void> {
    for (const row of (await this.#options.users?.all()) ?? []) this.users.put(row);
    for (const row of (await this.#options.rules?.all()) ?? []) this.rules.put(row);
    await this.reload();
  }

  /** Reads the files again. When one of them is wrong nothing changes, and it throws what `load` throws. */
  async reload(): Promise<void> {
    const { passwords, acl } = await readAccessFiles(this.#options);
    this.rules.replaceFile(acl);
    this.#revoke(this.users.replaceListed(passwords));
  }

  /** Calls `listener` after each change that ends connections. */
  onRevoke(listener: RevokeListener): Undo {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds or replaces a user. Another password or role, or being disabled, ends the connections there are. */
  putUser(row: UserRow): void {
    const before = this.users.find(row.name);
    const wasOpen = this.allowAnonymous;
    this.users.put(row);
    this.#options.users?.put(row);
    const standing = this.users.find(row.name)?.standing;
    const isSame = before?.text === row.password && before.standing === standing && row.enabled;
    const anonymous = wasOpen && !this.allowAnonymous ? [''] : [];
    this.#revoke(isSame ? anonymous : [row.name, ...anonymous]);
  }

  /** The rules about this user go too: a later user of that name is somebody else. */
  deleteUser(name: string): void {
    this.users.delete(name);
    this.#options.users?.delete(name);
    for (const { id, user } of this.rules.list()) if (user === name) this.deleteRule(id);
    this.#revoke([name]);
  }

  /** Throws `access-rule-invalid`. */
  putRule(row: AclRow): void {
    const fault = houseRuleFault(row);
    if (fault !== undefined) {
      throw fail('access-rule-invalid', `"${row.filter.slice(0, 80)}" cannot be allowed or denied: ${fault}`);
    }
    this.rules.put(row);
    this.#options.rules?.put(row);
  }

  deleteRule(id: string): void {
    this.rules.delete(id);
    this.#options.rules?.delete(id);
  }

  /** What would be answered to such a client now, and by which rule. */
  check({ user, client, topic, kind }: AccessQuestion): Verdict {
    const known = user === undefined ? undefined : this.users.find(user);
    if (user === undefined && !this.allowAnonymous) {
      return { isAllowed: false, because: 'anonymous clients may not connect', why: 'anonymous' };
    }
    if (user !== undefined && known === undefined)
      return { isAllowed: false, because: 'there is no such user', why: 'unknown' };
    if (known?.isEnabled === false) return { isAllowed: false, because: 'the user is disabled', why: 'off' };
    const identity: Identity = { client, user, standing: known?.standing ?? 'anonymous' };
    return this.rules.judgeOf(identity)(topic, kind);
  }

  /** All of it as use cases ask for it. */
  port(commits: Commits) {
    return {
      commits,
      users: () => this.users.list(),
      findUser: (name: string) => this.users.findRow(name),
      names: () => this.users.names(),
      isListed: (name: string) => this.users.find(name)?.standing === 'listed',
      hasAdmin: () => this.users.hasAdmin,
      putUser: (user: UserRow) => this.putUser(user),
      deleteUser: (name: string) => this.deleteUser(name),
      rules: () => this.rules.list(),
      findRule: (id: string) => this.rules.findRow(id),
      putRule: (rule: AclRow) => this.putRule(rule),
      deleteRule: (id: string) => this.deleteRule(id),
      check: (question: AccessQuestion) => this.check(question),
      reload: () => this.reload(),
    };
  }

  #revoke(names: readonly string[]): void {
    if (names.length === 0) return;
    this.#log.info(
      { users: names.length, first: names[0] },
      'access changed; open connections must come again',
    );
    for (const listener of this.#listeners) listener(new Set(names));
  }
}
