// Use cases about users: who may connect with a password.
import { randomBytes } from 'node:crypto';
import { type Clock, type Commits, hashPassword } from '../base/index.ts';
import type { Actor, UsersApi } from './api.ts';
import type { AddedUserView, UserRequest, UserRole, UserView } from './contract.ts';
import { fail } from './errors.ts';
import type { AccessPort, StoredUser } from './ports.ts';

export interface UsersOptions {
  readonly access: AccessPort;
  readonly clock: Clock;
}

/**
 * What each guess costs whoever stole the database. About 80 ms of one thread on a small computer for people; a
 * quarter for devices, of which hundreds come back at once after a restart.
 */
const hashRounds: Readonly<Record<UserRole, number>> = {
  admin: 210_000,
  editor: 210_000,
  viewer: 210_000,
  device: 50_000,
};
/** A password of 128 random bits cannot be guessed however cheap a guess is. */
const madeBytes = 16;
const madeRounds = 1000;
const longestPassword = 1024;
const longestName = 128;
/** Names that would be given the topics of the house, or stand for everybody. */
const takenNames: ReadonlySet<string> = new Set(['homerule', '*']);

export function whenKept(commits: Commits): Promise<void> {
  return new Promise((resolve) => commits.whenCommitted(commits.open, resolve));
}

/** A name is a level of the user's own topics, and a word in mosquitto's files. */
function nameFault(name: string): string | undefined {
  if (name === '' || name.length > longestName) return `expected 1 to ${longestName} characters`;
  if (name !== name.trim() || /\p{Cc}/u.test(name))
    return 'spaces around it and control characters are not taken';
  if (/[+#/:]/.test(name) || name.startsWith('$')) return 'it may not hold + # / : nor begin with $';
  return takenNames.has(name) ? 'this name belongs to the house' : undefined;
}

async function hashed(password: string, role: UserRole): Promise<string> {
  if (password === '' || Buffer.byteLength(password) > longestPassword) {
    throw fail('user-invalid', `expected a password of 1 to ${longestPassword} bytes`, {
      params: { why: 'password', limit: String(longestPassword) },
    });
  }
  return hashPassword(password, hashRounds[role]);
}

function viewOf({ password: _, ...view }: StoredUser): UserView {
  return view;
}

export class Users implements UsersApi {
  readonly #access: AccessPort;
  readonly #clock: Clock;

  constructor({ access, clock }: UsersOptions) {
    this.#access = access;
    this.#clock = clock;
  }

  list(): readonly UserView[] {
    return this.#access.users().map(viewOf);
  }

  get(name: string): UserView {
    return viewOf(this.#find(name));
  }

  async add(_actor: Actor, { name, role = 'device', password }: UserRequest): Promise<AddedUserView> {
    this.checkName(name);
    const made = password === undefined ? randomBytes(madeBytes).toString('base64url') : undefined;
    const hash =
      made === undefined ? await hashed(password ?? '', role) : await hashPassword(made, madeRounds);
    this.#refuseTaken(name);
    const now = this.#clock.now();
    const user = { name, role, password: hash, enabled: true, createdAt: now, changedAt: now };
    return { ...(await this.#keep(user)), ...(made !== undefined && { password: made }) };
  }

  /** Throws `user-invalid`, `user-exists`. */
  checkName(name: string): void {
    const fault = nameFault(name);
    if (fault !== undefined)
      throw fail('user-invalid', `"${name.slice(0, 80)}" cannot be a user: ${fault}`, {
        params: { why: 'name' },
      });
    this.#refuseTaken(name);
  }

  async setPassword(_actor: Actor, name: string, password: string): Promise<UserView> {
    const hash = await hashed(password, this.#find(name).role);
    return this.#keep({ ...this.#find(name), password: hash, changedAt: this.#clock.now() });
  }

  async setEnabled(actor: Actor, name: string, isEnabled: boolean): Promise<UserView> {
    if (!isEnabled) this.#refuseLast(actor, name);
    return this.#keep({ ...this.#find(name), enabled: isEnabled, changedAt: this.#clock.now() });
  }

  async delete(actor: Actor, name: string): Promise<void> {
    this.#find(name);
    this.#refuseLast(actor, name);
    this.#access.deleteUser(name);
    await whenKept(this.#access.commits);
  }

  async #keep(user: StoredUser): Promise<UserView> {
    this.#access.putUser(user);
    await whenKept(this.#access.commits);
    return viewOf(user);
  }

  #find(name: string): StoredUser {
    const user = this.#access.findUser(name);
    if (user !== undefined) return user;
    const hint = this.#access.isListed(name)
      ? '; it stands in the password file, which is not changed here'
      : '';
    throw fail('user-missing', `there is no user "${name.slice(0, 80)}"${hint}`);
  }

  /** Without an administrator this machine would belong to whoever sits at it; that only its owner may want. */
  #refuseLast({ role }: Actor, name: string): void {
    const others = this.#access
      .users()
      .filter((user) => user.role === 'admin' && user.enabled && user.name !== name);
    if (role !== 'owner' && this.#find(name).role === 'admin' && others.length === 0)
      throw fail('last-admin', `"${name}" is the last administrator`);
  }

  #refuseTaken(name: string): void {
    if (this.#access.findUser(name) !== undefined)
      throw fail('user-exists', `there is a user "${name}" already`);
  }
}
