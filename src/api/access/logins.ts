// People who are logged in with a browser: a secret in a cookie stands for a user until it is old, the user logs out,
// or the password changes. What the user may do is asked each time.
import type { Clock, Rows } from '../../base/index.ts';
import type { LoginRow, StoredUser } from '../ports.ts';
import { makeSecret, secretHash } from './secrets.ts';

export interface LoginsOptions {
  readonly rows: Rows<LoginRow>;
  readonly clock: Clock;
  readonly findUser: (name: string) => StoredUser | undefined;
}

/** Without a sign of life. */
export const loginMs = 30 * 86_400_000;
const mostLogins = 500;
const mostOfOneUser = 20;
/** A sign of life is noted this often. */
const noteMs = 3_600_000;

export class Logins {
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
  begin(user: StoredUser, address: string): string {
    const { rows, clock } = this.#options;
    const secret = makeSecret();
    const now = clock.now();
    const row: LoginRow = {
      key: secretHash(secret),
      user: user.name,
      password: secretHash(user.password),
      address,
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

  /** The user who is logged in with this secret; undefined when nobody is. */
  userOf(secret: string): StoredUser | undefined {
    const { rows, clock, findUser } = this.#options;
    const row = this.#byKey.get(secretHash(secret));
    if (row === undefined) return undefined;
    const now = clock.now();
    const user = findUser(row.user);
    if (now - row.seenAt > loginMs || user?.enabled !== true || secretHash(user.password) !== row.password) {
      this.#forget(row.key);
      return undefined;
    }
    if (now - row.seenAt > noteMs) {
      const seen = { ...row, seenAt: now };
      this.#byKey.set(row.key, seen);
      rows.put(seen);
    }
    return user;
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
