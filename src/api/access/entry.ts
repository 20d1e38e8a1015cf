// The way in: who asks, by socket, cookie, token or because there is no administrator yet; setup, login, logout.
import type { Clock, Commits, Ids, Rows } from '../../base/index.ts';
import type { Credentials, Entered, EntryApi } from '../api.ts';
import type { LoginRequest, SessionView, SetupRequest, SetupView } from '../contract/access.ts';
import { fail } from '../errors.ts';
import type { AccessPort, LoginRow, StoredUser, TokenRow } from '../ports.ts';
import type { Users } from '../users.ts';
import { whenKept } from '../users.ts';
import { type Actor, flowsActor, nobody, owner, stranger } from './actor.ts';
import type { AuditLog } from './audit-log.ts';
import { Logins } from './logins.ts';
import { permissionsOf } from './permissions.ts';
import { isSameSecret, makeSecret } from './secrets.ts';
import { Tokens } from './tokens.ts';

export interface EntryOptions {
  readonly access: AccessPort;
  readonly users: Users;
  readonly log: AuditLog;
  readonly rows: { readonly logins: Rows<LoginRow>; readonly tokens: Rows<TokenRow> };
  readonly commits: Commits;
  readonly clock: Clock;
  readonly ids: Ids;
}

function actorOf({ name, role }: StoredUser, address: string): Actor | undefined {
  return role === 'device' ? undefined : { name, role, may: permissionsOf[role], address };
}

export class Entry implements EntryApi {
  readonly logins: Logins;
  readonly tokens: Tokens;
  readonly #options: EntryOptions;
  /** Lets Node-RED in; another one after each start of the house, never on disk. */
  readonly flowsToken = makeSecret('hf_');
  readonly #code = makeSecret();
  #isSettingUp = false;

  constructor(options: EntryOptions) {
    const { rows, commits, clock, ids, access } = options;
    this.#options = options;
    this.logins = new Logins({
      rows: rows.logins,
      commits,
      clock,
      findUser: (name) => access.findUser(name),
    });
    this.tokens = new Tokens({ rows: rows.tokens, commits, clock, ids });
  }

  /** The code that makes the first administrator; undefined once there is one. */
  get setupCode(): string | undefined {
    return this.#hasAdmin() ? undefined : this.#code;
  }

  identify(credentials: Credentials): Actor {
    const { address, isSocket, isLocal, bearer, secret } = credentials;
    if (isSocket) return owner('socket');
    if (bearer !== undefined) return this.#program(bearer, address);
    const user = secret === undefined ? undefined : this.logins.userOf(secret);
    const actor = user && actorOf(user, address);
    if (actor !== undefined && secret !== undefined)
      return { ...actor, session: this.logins.sessionOf(secret) };
    if (this.#hasAdmin()) return nobody(address);
    return isLocal ? owner('owner', address) : stranger(address);
  }

  session(credentials: Credentials): SessionView {
    return this.#viewOf(this.identify(credentials));
  }

  async setup(credentials: Credentials, request: SetupRequest): Promise<Entered<SetupView>> {
    const { username, password, code, device } = request;
    const { address } = credentials;
    if (this.#hasAdmin() || this.#isSettingUp)
      throw fail('setup-done', 'there is an administrator already; log in');
    if (!isSameSecret(code, this.#code)) {
      this.#note('setup', 'refused', { who: '', target: username, address });
      throw fail('setup-code-wrong', 'this is not the one-time code that `homerule start` printed');
    }
    this.#isSettingUp = true;
    try {
      const { users } = this.#options;
      const actor = owner('setup', address);
      users.checkName(username);
      if (device !== undefined) users.checkName(device);
      await users.add(actor, { name: username, role: 'admin', password });
      const made = device === undefined ? undefined : await users.add(actor, { name: device });
      const entered = await this.#enter(username, credentials, 'setup');
      const view = {
        ...entered.view,
        ...(made?.password && { device: { name: made.name, password: made.password } }),
      };
      return { ...entered, view };
    } finally {
      this.#isSettingUp = false;
    }
  }

  /** Unknown users, devices and wrong passwords get the same answer after the same work. */
  async login(credentials: Credentials, { username, password }: LoginRequest): Promise<Entered<SessionView>> {
    const { access } = this.#options;
    const { address } = credentials;
    const verdict = await access.verify({ name: username, password, address });
    const head = { who: username, target: '', address };
    if (verdict === 'busy') throw fail('login-busy', 'too many passwords are being checked; try again');
    if (verdict === 'paused') {
      this.#note('login', 'refused', head);
      throw fail('login-paused', 'too many wrong passwords; wait a while');
    }
    const user = access.findUser(username);
    if (verdict === 'wrong' || user === undefined || user.role === 'device') {
      this.#note('login', 'refused', head);
      throw fail('login-refused', 'this name and password do not let you in');
    }
    return this.#enter(username, credentials, 'login');
  }

  async logout(credentials: Credentials): Promise<void> {
    const { secret, address } = credentials;
    const user = secret === undefined ? undefined : this.logins.userOf(secret);
    if (secret === undefined || user === undefined) return;
    this.logins.end(secret);
    await this.#options.log.write({
      ...{ who: user.name, action: 'logout', target: '', address, outcome: 'done', detail: '' },
    });
  }

  isCurrent(credentials: Credentials): boolean {
    try {
      return this.identify(credentials).may.includes('read');
    } catch {
      return false; // the token is no longer known
    }
  }

  async #enter(
    name: string,
    { address, browser }: Credentials,
    action: 'login' | 'setup',
  ): Promise<Entered<SessionView>> {
    const { access, log, commits } = this.#options;
    const user = access.findUser(name);
    const actor = user && actorOf(user, address);
    if (user === undefined || actor === undefined)
      throw fail('login-refused', 'this name and password do not let you in');
    const secret = this.logins.begin(user, { address, browser });
    await log.write({ who: name, action, target: '', address, outcome: 'done', detail: user.role });
    await whenKept(commits);
    return { secret, view: this.#viewOf(actor) };
  }

  #program(token: string, address: string): Actor {
    if (isSameSecret(token, this.flowsToken)) return flowsActor(address);
    const row = this.tokens.find(token);
    if (row === undefined) throw fail('token-refused', 'this token is not known, or its time is over');
    return { name: row.name, role: 'token', may: row.scopes, address };
  }

  #viewOf({ name, role, may }: Actor): SessionView {
    const needsSetup = !this.#hasAdmin();
    return role === 'nobody' || role === 'stranger' || role === 'client'
      ? { needsSetup }
      : { needsSetup, user: { name, role, may } };
  }

  #hasAdmin(): boolean {
    return this.#options.access.hasAdmin();
  }

  #note(
    action: string,
    outcome: 'refused',
    head: { readonly who: string; readonly target: string; readonly address: string },
  ): void {
    this.#options.log.count({ ...head, action, outcome, detail: '' });
  }
}
