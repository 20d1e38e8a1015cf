// A full disk: nothing is acknowledged that is not kept, lamps still obey, and it heals by itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Store } from '../../src/store/index.ts';
import { startBroker, untilClients } from '../support/broker.ts';
import { publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const isStrict = process.env['HOMERULE_REQUIRE_PEERS'] === '1';

/** A folder on a disk of 6 MB, or undefined where none may be mounted. */
function smallDisk(): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'homerule-faults-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dir], { stdio: 'ignore' });
  } catch (error) {
    if (isStrict) throw error;
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  return dir;
}

test('with a full disk no acknowledgement comes; with room again they all do', async (context) => {
  const dir = smallDisk();
  if (dir === undefined) return context.skip('no tmpfs can be mounted here');
  const filler = join(dir, 'filler');
  const store = new Store({ dir, clock: new SystemClock(), log: silentLogger });
  await store.start(new AbortController().signal);
  const house = await startBroker({
    commits: store.commits as never,
    sessions: store,
    retained: store.retained,
  });
  onTestFinished(async () => {
    await house.stop();
    await store.stop();
  });

  const panel = await RawClient.open(house.mqttPort, { id: 'panel', clean: false });
  panel.send(subscribeBytes('home/#', 2));
  await panel.next('suback');
  panel.destroy();
  await untilClients(house, 0);
  writeFileSync(filler, Buffer.alloc(4 * 2 ** 20));

  const lamp = await RawClient.open(house.mqttPort, { id: 'lamp' });
  lamp.send(subscribeBytes('live', 0));
  await lamp.next('suback');
  const big = 'x'.repeat(64 * 1024);
  const ids = Array.from({ length: 60 }, (_, i) => i + 1);
  for (const id of ids) {
    const qos = id % 2 === 0 ? 1 : 2;
    lamp.send(publishBytes({ topic: 'home/x', payload: `${id} ${big}`, qos, id }));
  }
  while (store.failure === undefined) await lamp.settled();
  const acked = (): number[] =>
    [...lamp.got('puback'), ...lamp.got('pubrec')]
      .map(({ messageId = 0 }) => messageId)
      .sort((a, b) => a - b);
  const early = acked();
  lamp.send(publishBytes({ topic: 'live', payload: 'still' }));
  expect(await lamp.next('publish')).toMatchObject({ payload: Buffer.from('still') });
  expect(store.failure).toContain('SQLITE_FULL');
  expect(acked()).toEqual(early);
  expect(early.length).toBeLessThan(ids.length);

  rmSync(filler);
  await Promise.all([lamp.atLeast(30, 'puback'), lamp.atLeast(30, 'pubrec')]);
  expect(acked()).toEqual(ids);
  expect(store.failure).toBeUndefined();
  const db = new Sqlite(join(dir, 'homerule.db'), { readonly: true });
  expect(db.prepare('SELECT count(*) FROM queues').pluck().get()).toBe(ids.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});
