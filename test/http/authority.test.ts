// The CA certificate of the house: told to everybody as what phones install, and missed in words where there is none.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nobody } from '../../src/api/index.ts';
import { ask, jsonOf, startHttpHouse } from '../support/http-house.ts';

test('the certificate of the CA is there for everybody as soon as it is made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'homerule-authority-'));
  const path = join(folder, 'ca.pem');
  const house = await startHttpHouse({ authority: path });
  house.api.actor = nobody('192.168.1.9');
  const before = await ask(house, '/ca.pem', { headers: { Accept: 'text/html' } });
  expect([before.status, jsonOf(before)['code']]).toEqual([404, 'path-missing']);
  await writeFile(path, 'PEM');
  const after = await ask(house, '/ca.pem');
  expect([after.status, after.body.toString()]).toEqual([200, 'PEM']);
  expect(after.headers['content-type']).toBe('application/x-x509-ca-cert');
  await house.stop();
  await rm(folder, { recursive: true });
});
