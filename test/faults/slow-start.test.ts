// An effect was committed and perhaps not sent, and the house needs long to open its listeners: it is sent all the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startHouse } from '../support/house.ts';
import { stamped } from './stamp.ts';
import { Subscriber } from './subscriber.ts';

const lateListening = { NODE_OPTIONS: `--import ${new URL('late-listening.mjs', import.meta.url).href}` };

function putEffect(dataDir: string, payload: string): void {
  const db = new Sqlite(join(dataDir, 'homerule.db'));
  const columns = '(id, rule, run, at, topic, payload, qos, retain)';
  db.prepare(`INSERT INTO effects ${columns} VALUES ('e', 'r', 'run', 0, 'said', ?, 2, 0)`).run(
    Buffer.from(payload),
  );
  db.close();
}

test('an effect of before outlives a start that takes long', { timeout: 120_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homerule-faults-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const subscriber = new Subscriber('listener', 'said');
  const first = await startHouse({ dataDir });
  await subscriber.connect(first.mqttPort);
  await first.kill();
  await subscriber.cut();
  putEffect(dataDir, stamped({ publisher: 'before', seq: 1 }, 0));

  const house = await startHouse({ dataDir, env: lateListening });
  onTestFinished(() => house.kill());
  await subscriber.connect(house.mqttPort);
  await subscriber.until(() => subscriber.receipts.length > 0, 30_000);
  expect(subscriber.receipts).toMatchObject([{ publisher: 'before', seq: 1, isMarked: true }]);
  await subscriber.cut();
});
