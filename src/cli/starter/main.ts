// The plugin that a new author begins with, and its test. Plain JavaScript, so that nothing must be built.

export const starterMain = `// Counts messages on a topic: everything that a small plugin needs, once.

/** @param {import('./contract.d.ts').PluginContext} house */
export default async function setup(house) {
  let count = Number((await house.storage.get('count')) ?? 0);

  const keep = async (next) => {
    count = next;
    await house.storage.set('count', count);
    await house.mqtt.publish({ topic: \`\${house.id}/count\`, payload: count, retain: true });
    if (count === 10) await house.emit('full', { count });
  };

  await house.mqtt.subscribe(String(house.config.topic), () => keep(count + 1));

  await house.offerAction({
    name: 'reset',
    doc: { en: 'sets the count to zero', zh: '计数清零' },
    act: () => keep(0),
  });

  await house.offerRoute({
    method: 'GET',
    path: '/count',
    needs: 'read',
    answer: () => ({ status: 200, body: { count } }),
  });
}
`;

export const starterTest = `import assert from 'node:assert/strict';
import test from 'node:test';
import { TestHouse } from './house.js';
import setup from './main.js';

test('counts what is said, tells when it is full, and can be reset', async () => {
  const house = new TestHouse({ topic: 'in' });
  await setup(house.context);
  for (let i = 0; i < 10; i++) await house.say('in', 'x');
  assert.equal(house.published.at(-1).payload, 10);
  assert.deepEqual(house.events, [{ name: 'full', data: { count: 10 } }]);
  await house.act('reset', {});
  assert.deepEqual(await house.request('GET', '/count'), { status: 200, body: { count: 0 } });
});
`;
