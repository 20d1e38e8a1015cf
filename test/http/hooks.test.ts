// `/hooks/NAME` over a real socket: what gets past the gate, and what is handed on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type HttpHouse, startHttpHouse } from '../support/http-house.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

test('needs no host name of the house, no type of its body and no login', async () => {
  const headers = {
    host: 'door.example',
    origin: 'https://elsewhere.example',
    'x-forwarded-for': '203.0.113.9',
    'content-type': 'text/plain',
    'x-homerule-secret': 'open',
  };
  const answer = await ask(house, '/hooks/bell?x=1', { method: 'POST', headers, body: 'ring' });
  expect([answer.status, answer.body.length]).toEqual([202, 0]);
  const call = house.api.calls.at(-1);
  expect(call).toMatchObject({ what: 'hooks.call' });
  const [given] = (call?.args ?? []) as { body: Buffer }[];
  expect(given).toMatchObject({ name: 'bell', method: 'POST', secret: 'open', address: '127.0.0.1' });
  expect(given?.body.toString()).toBe('ring');
});

test.each([
  ['a body of more than 256 KB', '/hooks/bell', Buffer.alloc(262_145), 413],
  ['a packed body', '/hooks/bell', Buffer.from('x'), 415],
  ['what is not below it', '/hooks/bell/more', Buffer.from('{}'), 421],
])('%s is refused', async (_name, path, body, status) => {
  const encoding = status === 415 ? { 'content-encoding': 'gzip' } : {};
  const answer = await ask(house, path, {
    method: 'POST',
    headers: { host: 'door.example', ...encoding },
    body,
  });
  expect(answer.status).toBe(status);
});
