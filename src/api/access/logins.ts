// People who are logged in with a browser: a secret in a cookie stands for a user until it is old, the user logs out,
// or the password changes. What the user may do is asked each time.
import type { Clock, Commits, Rows } from '../../base/index.ts';
import type { SessionsApi } from '../api.ts';
import type { BrowserSessionView, EndedSessionsView } from '../contract/access.ts';
import { fail } from '../errors.ts';
import type { LoginRow, StoredUser } from '../ports.ts';
import { whenKept } from '../users.ts';
import type { Actor } from './actor.ts';
import { makeSecret, secretHash } from './secrets.ts';

export interface LoginsOptions {
  readonly rows: Rows<LoginRow>;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly findUser: (name: string) => StoredUser | undefined;
}

/** Without a sign of life. */
export const loginMs = 30 * 86_400_000;
const mostLogins = 500;
const mostOfOneUser = 20;
/** A sign of life is noted this often. */
const noteMs = 300_000;
const longestBrowser = 300;
/** Of the hash: tells them apart, and lets nobody in. */
const idLength = 22;

const idOf = ({ key }: LoginRow): string => key.slice(0, idLength);

function viewOf(row: LoginRow, session: string | undefined): BrowserSessionView {
  const { user, address, browser, createdAt, seenAt } = row;
  const id = idOf(row);
  const said = browser !== null && { browser };
  return { id, user, address, ...said, createdAt, seenAt, isCurrent: id === session };
}

/** What somebody logs in from. */
export interface Place {
  readonly address: string;
  readonly browser?: string | undefined;
}

export class Logins implements SessionsApi {
  readonly #options: LoginsOptions;
  /** Oldest first. */
  readonly #byKey = new Map<string, LoginRow>();

  constructor(options: LoginsOptions) {
    this.#options = options;
  }

  load(rows: readonly LoginRow[]): void {
    for (const row of [...rows].sort((a, b) => a.createdAt - b.createdAt)) this.#byKey.set(row.key, row);
  }

  /** Returns the secret. */
  begin(user: StoredUser, { address, browser }: Place): string {
    const { rows, clock } = this.#options;
    const secret = makeSecret();
    const now = clock.now();
    const row: LoginRow = {
      key: secretHash(secret),
      user: user.name,
      password: secretHash(user.password),
      address,
      browser: browser?.slice(0, longestBrowser) ?? null,
      createdAt: now,
      seenAt: now,
    };
    this.#byKey.set(row.key, row);
    rows.put(row);
    this.#trim(user.name);
    return secret;
  }

  end(secret: string): void {
    this.#forget(secretHash(secret));
  }

  /** Last seen first. */
  list({ session }: Actor): readonly BrowserSessionView[] {
    const rows = [...this.#byKey.values()].filter((row) => this.#holderOf(row) !== undefined);
    return rows.sort((a, b) => b.seenAt - a.seenAt).map((row) => viewOf(row, session));
  }

  async endOne({ session }: Actor, id: string): Promise<BrowserSessionView> {
    const row = [...this.#byKey.values()].find((each) => idOf(each) === id);
    if (row === undefined) throw fail('session-missing', `there is no session "${id.slice(0, 80)}"`);
    this.#forget(row.key);
    await whenKept(this.#options.commits);
    return viewOf(row, session);
  }

  async endOthers({ session }: Actor): Promise<EndedSessionsView> {
    const others = [...this.#byKey.values()].filter((row) => idOf(row) !== session);
    for (const { key } of others) this.#forget(key);
    await whenKept(this.#options.commits);
    return { ended: others.length };
  }

  /** Of the browser with this secret. */
  sessionOf(secret: string): string {
    return secretHash(secret).slice(0, idLength);
  }

  /** The user who is logged in with this secret; undefined when nobody is. */
  userOf(secret: string): StoredUser | undefined {
    const { rows, clock } = this.#options;
    const row = this.#byKey.get(secretHash(secret));
    if (row === undefined) return undefined;
    const user = this.#holderOf(row);
    if (user === undefined) {
      this.#forget(row.key);
      return undefined;
    }
    const now = clock.now();
    if (now - row.seenAt > noteMs) {
      const seen = { ...row, seenAt: now };
      this.#byKey.set(row.key, seen);
      rows.put(seen);
    }
    return user;
  }

  /** Undefined when it lets nobody in any more. */
  #holderOf({ user: name, password, seenAt }: LoginRow): StoredUser | undefined {
    const { clock, findUser } = this.#options;
    const user = findUser(name);
    const isOver = clock.now() - seenAt > loginMs;
    return !isOver && user?.enabled && secretHash(user.password) === password ? user : undefined;
  }

  #trim(user: string): void {
    const own = [...this.#byKey.values()].filter((row) => row.user === user);
    const tooMany = own.slice(0, Math.max(0, own.length - mostOfOneUser));
    for (const { key } of tooMany) this.#forget(key);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > mostLogins && oldest !== undefined) this.#forget(oldest);
  }

  #forget(key: string): void {
    if (this.#byKey.delete(key)) this.#options.rows.delete(key);
  }
}
