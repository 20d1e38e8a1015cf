// Making, changing and removing bridges, those of the file, and the way back to the first address.
import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import type { BridgeDocument } from '../../src/bridges/index.ts';
import { Relay } from './relay.ts';
import { Disk, soon, startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

const away: BridgeDocument = {
  name: 'up',
  addresses: ['127.0.0.1:1'],
  topics: ['test/# out 1'],
  restartTimeout: soon,
};

describe('a bridge of the configuration file', () => {
  test('is changed and removed only there', async () => {
    const local = await house({ documents: [away] });
    expect(local.bridges.get('up').source).toBe('file');
    await expect(local.bridges.save('up', away)).rejects.toMatchObject({
      code: 'bridge-fixed',
      kind: 'conflict',
    });
    await expect(local.bridges.remove('up')).rejects.toMatchObject({ code: 'bridge-fixed' });
  });

  test.each([
    [[away, away], 'there are two of the name "up"'],
    [[{ ...away, topics: ['a sideways'] }], 'bridges[0]: topics.0: expected in, out or both'],
  ])('%# with a mistake keeps the house from starting', async (documents, why) => {
    await expect(startHouse({ documents })).rejects.toThrow(why);
  });

  test('that is gone leaves nothing in the queue', async () => {
    const disk = new Disk();
    const first = await startHouse({ documents: [away], disk });
    first.publish('test/x', '1');
    await first.stop();
    expect(disk.bridgeMessages.rows.size).toBe(1);
    const second = await house({ disk });
    expect(disk.bridgeMessages.rows.size).toBe(0);
    expect(second.bridges.list()).toEqual([]);
  });
});

describe('a bridge made at run time', () => {
  test('survives a restart, is changed with its queue, and removed with everything', async () => {
    const remote = await house({ name: 'remote' });
    const disk = new Disk();
    const first = await startHouse({ disk });
    await first.bridges.save('up', { ...away, name: 'another' });
    first.publish('test/x', '1');
    await first.stop();
    const second = await house({ disk });
    expect(second.bridges.get('up').counters.queued).toBe(1);
    second.publish('test/x', '2');
    await second.bridges.save('up', { ...away, addresses: [`127.0.0.1:${remote.port}`] });
    expect(await remote.untilHeard(2)).toEqual(['test/x 1', 'test/x 2']);
    await second.bridges.save('up', away);
    second.publish('test/x', '3');
    await second.bridges.remove('up');
    expect([disk.bridges.rows.size, disk.bridgeMessages.rows.size]).toEqual([0, 0]);
    await expect(second.bridges.remove('up')).rejects.toMatchObject({
      code: 'bridge-missing',
      kind: 'missing',
    });
    expect(() => second.bridges.get('up')).toThrow('there is no bridge "up"');
  });

  test('that is switched off keeps nothing and connects nowhere', async () => {
    const local = await house();
    const view = await local.bridges.save('up', { ...away, enabled: false });
    local.publish('test/x', '1');
    expect([view.state, local.bridges.get('up').counters.queued]).toEqual(['off', 0]);
  });

  test('keeps its password while the user name stays', async () => {
    const local = await house();
    const named = { ...away, enabled: false, username: 'me' };
    await local.bridges.save('up', { ...named, password: 'geheim' });
    expect((await local.bridges.save('up', named)).hasPassword).toBe(true);
    expect((await local.bridges.save('up', { ...named, username: 'you' })).hasPassword).toBe(false);
  });

  test('is changed once at a time, however many ask', async () => {
    const local = await house();
    const changes = Array.from({ length: 5 }, (_, index) =>
      local.bridges.save('up', { ...away, clientId: `me${index}` }),
    );
    expect((await Promise.all(changes)).map(({ clientId }) => clientId)).toEqual([
      'me0',
      'me1',
      'me2',
      'me3',
      'me4',
    ]);
    local.publish('test/x', '1');
    expect(local.bridges.get('up').counters.queued).toBe(1);
  });

  test('there are no more than fifty', async () => {
    const local = await house();
    for (let count = 0; count < 50; count++)
      await local.bridges.save(`b${count}`, { ...away, enabled: false });
    await expect(local.bridges.save('more', away)).rejects.toMatchObject({
      code: 'bridge-limit',
      kind: 'limit',
    });
  });
});

test('once the first address answers again, it is used again', async () => {
  const remote = await house({ name: 'remote' });
  const [first, second] = [await Relay.to(remote.port), await Relay.to(remote.port)];
  undo.push(
    () => first.stop(),
    () => second.stop(),
  );
  first.cut();
  const clock = new VirtualClock(0);
  const addresses = [`127.0.0.1:${first.port}`, `127.0.0.1:${second.port}`];
  const local = await house({ clock, documents: [{ ...away, addresses }] });
  const connected = await local.untilState('up', 'connected');
  expect(connected.address).toBe(addresses[1]);
  first.mend();
  clock.advance(30_000);
  await local.until('up', ({ state, address }) => state === 'connected' && address === addresses[0]);
  local.publish('test/x', '1');
  expect(await remote.untilHeard(1)).toEqual(['test/x 1']);
});

test('figures and the last error are told under $SYS', async () => {
  const clock = new VirtualClock(0);
  const local = await house({ clock, documents: [{ ...away, clientId: 'me' }] });
  await local.untilState('up', 'waiting');
  local.publish('test/x', '1');
  clock.advance(10_000);
  const said = [...local.broker.broker.retained('$SYS/broker/connection/me/#')];
  const byName = Object.fromEntries(
    said.map(({ topic, payload }) => [topic.split('/').at(-1), String(payload)]),
  );
  expect(byName).toMatchObject({
    state: '0',
    queued: '1',
    dropped: '0',
    error: expect.stringContaining('ECONNREFUSED'),
  });
});
