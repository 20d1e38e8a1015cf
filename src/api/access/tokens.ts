// Use cases about tokens: programs that may use the API, each with some of the permissions.
import type { Clock, Commits, Ids, Rows } from '../../base/index.ts';
import type { TokensApi } from '../api.ts';
import type { AddedTokenView, TokenRequest, TokenView } from '../contract/access.ts';
import { fail } from '../errors.ts';
import type { TokenRow } from '../ports.ts';
import { whenKept } from '../users.ts';
import type { Actor } from './actor.ts';
import { makeSecret, secretHash } from './secrets.ts';

export interface TokensOptions {
  readonly rows: Rows<TokenRow>;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly ids: Ids;
}

const prefix = 'hr_';
const mostTokens = 100;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

function viewOf({ hash: _, expiresAt, usedAt, ...row }: TokenRow): TokenView {
  return { ...row, ...(expiresAt !== null && { expiresAt }), ...(usedAt !== null && { usedAt }) };
}

export class Tokens implements TokensApi {
  readonly #options: TokensOptions;
  readonly #byHash = new Map<string, TokenRow>();

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  load(rows: readonly TokenRow[]): void {
    for (const row of rows) this.#byHash.set(row.hash, row);
  }

  /** Oldest first. */
  list(): readonly TokenView[] {
    return [...this.#byHash.values()].map(viewOf).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async add(actor: Actor, { name, scopes, days }: TokenRequest): Promise<AddedTokenView> {
    const { rows, commits, clock, ids } = this.#options;
    const missing = scopes.find((scope) => !actor.may.includes(scope));
    if (missing !== undefined)
      throw fail('not-allowed', `you may not give away "${missing}"`, {
        params: { why: 'give', needs: missing },
      });
    if (this.#byHash.size >= mostTokens)
      throw fail('too-many-tokens', `there are ${mostTokens} tokens already; delete some`, {
        params: { limit: String(mostTokens) },
      });
    const token = makeSecret(prefix);
    const now = clock.now();
    const row: TokenRow = {
      id: ids.next(),
      name,
      hash: secretHash(token),
      scopes,
      by: actor.name,
      createdAt: now,
      expiresAt: days === undefined ? null : now + days * dayMs,
      usedAt: null,
    };
    this.#byHash.set(row.hash, row);
    rows.put(row);
    await whenKept(commits);
    return { ...viewOf(row), token };
  }

  async delete(_actor: Actor, id: string): Promise<void> {
    const { rows, commits } = this.#options;
    const row = [...this.#byHash.values()].find((each) => each.id === id);
    if (row === undefined) throw fail('token-missing', `there is no token "${id.slice(0, 80)}"`);
    this.#byHash.delete(row.hash);
    rows.delete(id);
    await whenKept(commits);
  }

  /** Undefined when it is not known or its time is over. */
  find(token: string): TokenRow | undefined {
    const { rows, clock } = this.#options;
    const row = this.#byHash.get(secretHash(token));
    const now = clock.now();
    if (row === undefined || (row.expiresAt !== null && row.expiresAt <= now)) return undefined;
    if (row.usedAt !== null && now - row.usedAt < hourMs) return row;
    const used = { ...row, usedAt: now };
    this.#byHash.set(row.hash, used);
    rows.put(used);
    return used;
  }
}
