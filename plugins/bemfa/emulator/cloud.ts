// The emulated cloud behind its doors: who has an account and may come in.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/base/index.ts';
import { Account, type Credentials, type PublishNotice } from './account.ts';
import type { Conduct } from './conduct.ts';
import { fail } from './errors.ts';

export const keyPattern = /^[0-9a-f]{32}$/;

/** As the console of the cloud shows them. */
export function newCredentials(uid: string = randomBytes(16).toString('hex')): Credentials {
  const hex = (): string => randomBytes(16).toString('hex');
  return { uid, appId: `beid_${hex()}`, appSecret: hex() };
}

export interface Login {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export interface CloudOptions {
  readonly clock: Clock;
  readonly conduct: Conduct;
  readonly onPublish: (notice: PublishNotice) => void;
}

export class Cloud {
  readonly clock: Clock;
  readonly conduct: Conduct;
  readonly #accounts = new Map<string, Account>();
  readonly #onPublish: (notice: PublishNotice) => void;
  readonly #onChange = new Set<() => void>();

  constructor({ clock, conduct, onPublish }: CloudOptions) {
    this.clock = clock;
    this.conduct = conduct;
    this.#onPublish = onPublish;
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** Calls after anything that is worth keeping changed. */
  onChange(listener: () => void): void {
    this.#onChange.add(listener);
  }

  addAccount(credentials: Credentials): Account {
    const account = new Account({
      credentials,
      clock: this.clock,
      conduct: this.conduct,
      onPublish: this.#onPublish,
      onChange: () => {
        for (const listener of this.#onChange) listener();
      },
    });
    this.#accounts.set(credentials.uid, account);
    return account;
  }

  find(uid: string): Account | undefined {
    const account = this.#accounts.get(uid);
    return account === undefined || account.isBanned ? undefined : account;
  }

  get(uid: string): Account {
    const account = this.find(uid);
    if (account === undefined) throw fail('bemfa-wrong-key', 'no account has this key');
    return account;
  }

  /** The client id is the key, or else the user name is the id of an app and the password its secret. */
  login({ clientId, username, password }: Login): Account | undefined {
    const byApp = this.accounts.find(
      ({ credentials: { appId, appSecret } }) => appId === username && appSecret === password,
    );
    return this.find(clientId) ?? (byApp?.isBanned === true ? undefined : byApp);
  }
}
