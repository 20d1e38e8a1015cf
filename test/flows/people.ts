// People before a whole house: an administrator, an editor and a viewer with cookies of their own, and programs with tokens.
import { expect } from 'vitest';
import type { TestHouse } from '../support/house.ts';
import { type Answer, type AskOptions, ask } from '../support/http-house.ts';

export type Person = 'admin' | 'editor' | 'viewer';

const password = 'lang genug 7';

export class People {
  readonly port: number;
  readonly origin: string;
  readonly #cookies = new Map<string, string>();

  private constructor(house: TestHouse) {
    this.port = Number(new URL(house.url).port);
    this.origin = `http://127.0.0.1:${this.port}`;
  }

  static async of(house: TestHouse): Promise<People> {
    const people = new People(house);
    const code = new URL(house.setupUrl ?? '').hash.slice(1);
    await people.#enter('admin', '/setup', { username: 'admin', password, code });
    for (const role of ['editor', 'viewer']) {
      const user = JSON.stringify({ name: role, role, password });
      const made = await people.api('admin', '/users', { method: 'POST', body: user });
      expect(made.status).toBe(201);
      await people.#enter(role, '/login', { username: role, password });
    }
    return people;
  }

  async #enter(name: string, path: string, body: object): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await ask(this, `/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    this.#cookies.set(name, cookie.split(';', 1)[0] ?? '');
  }

  cookie(who: string): string {
    return this.#cookies.get(who) ?? '';
  }

  api(who: Person, path: string, options: AskOptions = {}): Promise<Answer> {
    return this.red(who, `/api/v1${path}`, options);
  }

  /** As a page of the house does it. */
  red(who: Person, path: string, options: AskOptions = {}): Promise<Answer> {
    const headers = {
      Cookie: this.cookie(who),
      Origin: this.origin,
      'Content-Type': 'application/json',
      ...options.headers,
    };
    return ask(this, path, { ...options, headers });
  }

  async token(scopes: readonly string[]): Promise<string> {
    const body = JSON.stringify({ name: scopes.join('-'), scopes });
    const answer = await this.api('admin', '/tokens', { method: 'POST', body });
    const { token } = JSON.parse(answer.body.toString()) as { token: string };
    return token;
  }

  async deploy(flows: readonly object[]): Promise<void> {
    const headers = { 'Node-RED-API-Version': 'v2' };
    const answer = await this.red('admin', '/red/flows', {
      ...{ method: 'POST', headers, body: JSON.stringify({ flows }) },
    });
    expect({ status: answer.status, text: answer.body.toString() }).toMatchObject({ status: 200 });
  }
}
