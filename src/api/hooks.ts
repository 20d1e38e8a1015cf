// Calls of webhooks: who knows the secret wakes the rule. Whether a name exists is told to nobody else.
import { type Clock, type Commits, RateLimit } from '../base/index.ts';
import { Payload, type Secrets } from '../devices/index.ts';
import {
  type CompiledRule,
  type LiveEngine,
  madeSecretName,
  openWebhooks,
  secretKey,
  type Webhook,
  webhooksOf,
} from '../rules/index.ts';
import { isSameSecret, makeSecret } from './access/secrets.ts';
import type { HookCall, HooksApi } from './api.ts';
import type { MadeWebhookView } from './contract.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';

export interface HooksHouse {
  readonly live: LiveEngine;
  readonly secrets: Secrets;
  readonly commits: Commits;
  readonly clock: Clock;
}

export class Hooks implements HooksApi {
  readonly #house: HooksHouse;
  readonly #rate: RateLimit;
  /** Compared with when there is nothing else to compare with. */
  readonly #nothing = makeSecret();

  constructor(house: HooksHouse) {
    this.#house = house;
    this.#rate = new RateLimit(house.clock, { burst: 60, perSecond: 10 });
  }

  /** Resolves when what it led to is kept. Throws `hook-secret-needed`, `hook-missing` (a wrong secret, too) and `too-many-calls`. */
  async call({ name, method, secret, body, address }: HookCall): Promise<void> {
    const { live, clock, commits } = this.#house;
    if (!this.#rate.take(address))
      throw fail('too-many-calls', 'more than 10 calls a second from one address');
    if (secret === undefined) throw fail('hook-secret-needed', 'a webhook wants its X-Homerule-Secret');
    const keys = this.#keysMet(name, method, secret);
    if (keys.length === 0)
      throw fail('hook-missing', 'there is no such webhook, or this is not its secret or method');
    const data = new Payload(body).value;
    const signal = { kind: 'signal', signal: 'webhook', name, value: { method, keys } } as const;
    live.decide({ ...signal, at: clock.now(), data, origin: 'api', by: address, depth: 0 });
    await whenKept(commits);
  }

  /** For webhooks of the rule that have no secret yet, one is made. They are shown to who saves it, once. */
  makeSecrets(rule: CompiledRule): readonly MadeWebhookView[] {
    const { secrets, clock } = this.#house;
    const bare = webhooksOf(rule).filter((webhook) => webhook.secret === undefined);
    const names = new Set(bare.flatMap((webhook) => webhook.names));
    const missing = [...names].filter((name) => secrets.value(madeSecretName(name)) === undefined);
    return missing.map((name) => {
      const secret = makeSecret();
      secrets.put({ name: madeSecretName(name), value: secret, changedAt: clock.now() });
      return { name, secret };
    });
  }

  /** The names of the secrets of open webhooks that were met; at least one is compared, whatever the name. */
  #keysMet(name: string, method: string, given: string): readonly string[] {
    const open = openWebhooks(this.#house.live.engine).filter(
      ({ names, methods }) => names.includes(name) && methods.includes(method),
    );
    const met = open.filter((webhook) => isSameSecret(this.#secretOf(webhook, name), given));
    if (open.length === 0) isSameSecret(this.#nothing, given);
    return [...new Set(met.map((webhook) => secretKey(webhook, name)))];
  }

  #secretOf(webhook: Webhook, name: string): string {
    const { secret } = webhook;
    if (secret !== undefined && 'text' in secret) return secret.text;
    return this.#house.secrets.value(secretKey(webhook, name)) ?? this.#nothing;
  }
}
