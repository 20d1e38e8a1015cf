import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, test } from 'vitest';
import { publishBytes, subscribeBytes } from '../../support/raw-client.ts';
import { emulate, key } from './emulated.ts';

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homerule-bemfa-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'emulator.json');
}

it('keeps topics, names, last and retained messages over a restart', async () => {
  const path = stateFile();
  const before = await emulate({ stateFile: path });
  const device = await before.mqtt();
  device.send(publishBytes({ topic: 'led002/up', payload: 'on#7' }));
  device.send(publishBytes({ topic: 'sw006', payload: 'off', retain: true }));
  await device.settled();
  await before.post('/v1/createTopic', { uid: key, type: 3, topic: 'door001', name: '门' });
  await before.emulator.stop();
  expect(statSync(path).mode & 0o777).toBe(0o600);

  const after = await emulate({ stateFile: path, accounts: [], topics: [] });
  expect(await after.get(`/va/getmsg?uid=${key}&topic=led002&type=1`)).toMatchObject({
    data: [{ msg: 'on#7', time: '2026-01-02 03:04:05' }],
  });
  expect(await after.get(`/va/getName?uid=${key}&topic=door001&type=3`)).toMatchObject({ data: '门' });
  const later = await after.mqtt();
  later.send(subscribeBytes('sw006'));
  expect(await later.next('publish')).toMatchObject({ payload: Buffer.from('off'), retain: true });
});

it('writes a second after a change', async () => {
  const path = stateFile();
  const cloud = await emulate({ stateFile: path });
  await cloud.post('/va/postJsonMsg', { uid: key, type: 1, topic: 'led002', msg: 'on' });
  cloud.clock.advance(1000);
  expect(readFileSync(path, 'utf8')).toContain(Buffer.from('on').toString('base64'));
});

test.each([
  ['no JSON', '{', 'holds no state of an emulator'],
  ['something else', '{"rules":[]}', 'accounts'],
])('refuses %s, and leaves it as it is', async (_name, text, why) => {
  const path = stateFile();
  writeFileSync(path, text);
  await expect(emulate({ stateFile: path })).rejects.toThrow(why);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
