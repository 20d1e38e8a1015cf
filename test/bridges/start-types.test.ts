// When a bridge connects, and as whom it takes part in the house.
import { afterEach, expect, test } from 'vitest';
import { hashPassword } from '../../src/base/index.ts';
import { soon, startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

const at = (port: number): string[] => [`127.0.0.1:${port}`];

test('lazy: connects when enough waits, rests when nothing was carried for a while', async () => {
  const far = await house({ name: 'far' });
  const near = await house({ name: 'near' });
  const topics = ['test/# out 1'];
  const lazy = { startType: 'lazy', threshold: 3, idleTimeout: '1s', restartTimeout: soon } as const;
  await near.bridges.save('up', { addresses: at(far.port), topics, ...lazy });
  expect((await near.untilState('up', 'idle')).counters.connects).toBe(0);
  near.publish('test/a', '1');
  near.publish('test/a', '2');
  expect((await near.until('up', ({ counters }) => counters.queued === 2)).state).toBe('idle');
  near.publish('test/a', '3');
  await far.untilHeard(3);
  expect(far.heard).toEqual(['test/a 1', 'test/a 2', 'test/a 3']);
  const rested = await near.untilState('up', 'idle');
  expect(rested.counters).toMatchObject({ connects: 1, failures: 0, queued: 0 });
  for (const payload of ['4', '5', '6']) near.publish('test/a', payload);
  await far.untilHeard(6);
  expect(near.bridges.get('up').counters.connects).toBe(2);
});

test('once: not again after the connection ended', async () => {
  const far = await house({ name: 'far' });
  const near = await house({ name: 'near' });
  const once = { startType: 'once', restartTimeout: soon } as const;
  await near.bridges.save('up', { addresses: at(far.port), topics: ['test/# out 1'], ...once });
  await near.untilState('up', 'connected');
  for (const { id } of far.broker.broker.clients()) far.broker.broker.disconnect(id);
  const view = await near.untilState('up', 'off');
  expect(view.counters).toMatchObject({ connects: 1, failures: 1 });
  expect(view.lastError?.message).toContain('127.0.0.1');
  expect(view.lastError).toMatchObject({ code: 'bridge-down', params: { why: 'closed' } });
});

test('once: not again after no address answered', async () => {
  const near = await house({ name: 'near' });
  const once = { startType: 'once', restartTimeout: soon } as const;
  await near.bridges.save('up', { addresses: at(9), topics: ['test/# out 1'], ...once });
  expect((await near.until('up', ({ counters }) => counters.failures > 0)).state).toBe('off');
});

test('with a local user a bridge hears and brings what that user may', async () => {
  const far = await house({ name: 'far' });
  const near = await house({ name: 'near' });
  const { access } = near.broker.broker;
  const password = await hashPassword('secret', 1);
  access.putUser({
    name: 'robot',
    role: 'device',
    password,
    enabled: true,
    createdAt: 0,
    changedAt: 0,
  });
  const rule = { user: 'robot', at: 0 } as const;
  access.putRule({ ...rule, id: 'r', access: 'read', filter: 'test/out/#' });
  access.putRule({ ...rule, id: 'w', access: 'write', filter: 'test/in/#' });
  near.publish('test/secret/kept', 'no', { retain: true });
  near.publish('test/out/kept', 'yes', { retain: true });
  const document = { addresses: at(far.port), topics: ['test/# both 1'], localUser: 'robot' };
  await near.bridges.save('up', document);
  await near.untilState('up', 'connected');
  near.publish('test/secret/live', 'no');
  near.publish('test/out/live', 'yes');
  await far.untilHeard(2);
  expect(new Set(far.heard)).toEqual(new Set(['test/out/kept yes', 'test/out/live yes']));
  far.publish('test/locks/door', 'open');
  far.publish('test/in/lamp', 'on');
  await near.untilHeard(5);
  expect(near.heard.at(-1)).toBe('test/in/lamp on');
  const view = near.bridges.get('up');
  expect(view.counters.refused).toBe(1);
  expect(view.lastError?.message).toMatch(/robot may not publish there/);
  access.deleteUser('robot');
  far.publish('test/in/lamp', 'off');
  await near.until('up', ({ counters }) => counters.refused === 2);
});
