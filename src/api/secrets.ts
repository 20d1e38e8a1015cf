// Use cases about secrets: they are set and deleted; their values never come back out.
import type { Clock, Commits } from '../base/index.ts';
import type { Secrets as SecretStore } from '../devices/index.ts';
import type { Actor, SecretsApi } from './api.ts';
import type { SecretView } from './contract/expressions.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';

export interface SecretsOptions {
  readonly secrets: SecretStore;
  readonly commits: Commits;
  readonly clock: Clock;
}

const namePattern = /^[\w.-]{1,64}$/;
const longestValue = 8192;
const mostSecrets = 1000;

export class Secrets implements SecretsApi {
  readonly #options: SecretsOptions;

  constructor(options: SecretsOptions) {
    this.#options = options;
  }

  list(): readonly SecretView[] {
    return this.#options.secrets.list();
  }

  async put(_actor: Actor, name: string, value: string): Promise<SecretView> {
    const { secrets, commits, clock } = this.#options;
    if (!namePattern.test(name))
      throw fail('secret-invalid', `"${name}": expected 1 to 64 letters, digits, . _ -`, {
        params: { why: 'name' },
      });
    if (value === '' || value.length > longestValue)
      throw fail('secret-invalid', `expected a value of 1 to ${longestValue} characters`, {
        params: { why: 'value', limit: String(longestValue) },
      });
    const known = secrets.list();
    if (known.length >= mostSecrets && !known.some((one) => one.name === name))
      throw fail('secret-invalid', `there are ${mostSecrets} secrets already`, {
        params: { why: 'many', limit: String(mostSecrets) },
      });
    const changedAt = clock.now();
    secrets.put({ name, value, changedAt });
    await whenKept(commits);
    return { name, changedAt };
  }

  async delete(_actor: Actor, name: string): Promise<void> {
    const { secrets, commits } = this.#options;
    if (!secrets.delete(name)) throw fail('secret-missing', `there is no secret "${name}"`);
    await whenKept(commits);
  }
}
