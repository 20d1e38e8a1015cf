// Webhooks: who knows the secret wakes the rule, and nobody else learns anything.
import { expect, test } from 'vitest';
import { Hooks } from '../../src/api/hooks.ts';
import { PromptCommits } from '../support/commits.ts';
import { RuleWorld } from '../support/rule-world.ts';

class HookHouse {
  readonly world = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  readonly hooks: Hooks;

  constructor() {
    const { live, clock, home } = this.world;
    this.hooks = new Hooks({ live, clock, secrets: home.secrets, commits: new PromptCommits() });
  }

  /** Saves a rule; the secrets that were made, by name. */
  save(id: string, text: string): Readonly<Record<string, string>> {
    this.world.save(`id: ${id}\n${text}`);
    const rule = this.world.live.engine.book.find(id)?.rule;
    const made = rule === undefined ? [] : this.hooks.makeSecrets(rule);
    return Object.fromEntries(made.map(({ name, secret }) => [name, secret]));
  }

  /** `202`, or the code of what it threw. */
  async call(name: string, secret: string | undefined, more: { method?: string; body?: string } = {}) {
    const { method = 'POST', body = '' } = more;
    try {
      await this.hooks.call({ name, method, secret, body: Buffer.from(body), address: '203.0.113.9' });
      return '202';
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error;
    }
  }

  logged(): string[] {
    return this.world.logged.splice(0);
  }
}

const log = "actions: [{ log: \"{{ value & ' ' & $string(payload) & ' ' & client }}\" }]";

test('a secret is made once, and who knows it wakes the rule with the body', async () => {
  const house = new HookHouse();
  const { bell = '' } = house.save('a', `triggers: [{ webhook: bell }]\n${log}`);
  expect(bell).toMatch(/^[\w-]{43}$/);
  expect(house.save('a', `triggers: [{ webhook: bell }]\n${log} # again`)).toEqual({});
  expect(await house.call('bell', bell, { body: '{"on":true}' })).toBe('202');
  expect(await house.call('bell', bell, { body: 'text' })).toBe('202');
  expect(house.logged()).toEqual(['a: POST {"on":true} ', 'a: POST text ']);
});

test('a wrong secret, a wrong method and no such webhook look the same', async () => {
  const house = new HookHouse();
  const { bell = '' } = house.save('a', `triggers: [{ webhook: bell }]\n${log}`);
  expect(await house.call('bell', 'wrong')).toBe('hook-missing');
  expect(await house.call('bell', bell, { method: 'GET' })).toBe('hook-missing');
  expect(await house.call('none', bell)).toBe('hook-missing');
  expect(await house.call('bell', undefined)).toBe('hook-secret-needed');
  expect(await house.call('none', undefined)).toBe('hook-secret-needed');
  house.world.change('a', 'disabled');
  expect(await house.call('bell', bell)).toBe('hook-missing');
  expect(house.logged()).toEqual([]);
});

test('a secret of the house or of the document may be its secret, each opens its own rules', async () => {
  const house = new HookHouse();
  house.world.keepSecret('door', 'open-sesame');
  const secret = `"{{ $secret('door') }}"`;
  expect(
    house.save('a', `triggers: [{ webhook: w, secret: ${secret}, methods: [GET, PUT] }]\n${log}`),
  ).toEqual({});
  expect(house.save('b', `triggers: [{ webhook: [w, v], secret: plain, methods: PUT }]\n${log}`)).toEqual({});
  expect(await house.call('w', 'open-sesame', { method: 'GET', body: '1' })).toBe('202');
  expect(await house.call('w', 'plain', { method: 'PUT', body: '2' })).toBe('202');
  expect(await house.call('v', 'open-sesame', { method: 'PUT' })).toBe('hook-missing');
  expect(house.logged()).toEqual(['a: GET 1 ', 'b: PUT 2 ']);
  house.world.home.secrets.delete('door');
  expect(await house.call('w', 'open-sesame', { method: 'GET' })).toBe('hook-missing');
});

test('a run that waits for a webhook can be called, and only while it waits', async () => {
  const house = new HookHouse();
  const wait = 'actions: [{ wait: { webhook: go } }, { log: "{{ wait.payload }}" }]';
  const { go = '' } = house.save('a', `triggers: [{ message: p }]\n${wait}`);
  expect(await house.call('go', go)).toBe('hook-missing');
  house.world.publish({ topic: 'p', payload: 1 });
  expect(await house.call('go', go, { body: 'on' })).toBe('202');
  expect(house.logged()).toEqual(['a: on']);
  expect(await house.call('go', go)).toBe('hook-missing');
});

test('an address that calls too often has to wait', async () => {
  const house = new HookHouse();
  const answers: unknown[] = [];
  for (let count = 0; count < 61; count++) answers.push(await house.call('x', 'y'));
  expect(new Set(answers.slice(0, 60))).toEqual(new Set(['hook-missing']));
  expect(answers.at(-1)).toBe('too-many-calls');
  house.world.advance(1000);
  expect(await house.call('x', 'y')).toBe('hook-missing');
});
