// Requests under `/plugins/ID`: each route says what more than reading whoever asks must be allowed.
import { expect, test } from 'vitest';
import type { Actor, PluginRoute, PluginsPort } from '../../src/api/index.ts';
import { Plugins } from '../../src/api/plugins.ts';

const request = { method: 'GET', path: '/x', query: {}, body: '' } as const;

function answeredFor(needs: PluginRoute['needs'], may: Actor['may']): Promise<unknown> {
  const answer = async () => ({ status: 200, type: 'text/plain', text: 'yes' }) as const;
  const port = { routeFor: () => ({ needs, answer }) } as unknown as PluginsPort;
  const actor: Actor = { name: 'ann', role: 'viewer', may, address: '' };
  return new Plugins(port).answer(actor, 'porch', request);
}

test.each([
  ['read', ['read']],
  ['operate', ['read', 'operate']],
  ['admin', ['read', 'operate', 'edit', 'admin']],
] as const)('%s is given to who may %j', async (needs, may) => {
  expect(await answeredFor(needs, may)).toMatchObject({ text: 'yes' });
});

test.each([
  ['operate', ['read']],
  ['edit', ['read', 'operate']],
  ['admin', ['read', 'operate', 'edit']],
] as const)('%s is not given to who may %j', async (needs, may) => {
  await expect(answeredFor(needs, may)).rejects.toMatchObject({
    code: 'not-allowed',
    message: expect.stringContaining(`needs the permission "${needs}"`),
  });
});
