// `backup`, `restore` and `doctor`: without a house, and against one that starts anew with what is restored.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startHouse } from '../support/house.ts';
import { invoke, type Outcome } from './invoke.ts';

const rule = (text: string): string =>
  `id: fan\ntriggers:\n  - message: home/t\nactions:\n  - publish: home/fan\n    payload: ${text}\n`;

function makeDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'homerule-backup-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const free = ['--mqtt-port', '0', '--ws-port', '0', '--http-port', '0'];

it('makes, previews and restores on a running house, which starts anew; then without one', {
  timeout: 120_000,
}, async () => {
  const dir = makeDir();
  const data = join(dir, 'data');
  mkdirSync(data);
  const file = join(dir, 'fan.yaml');
  const cli = (...argv: string[]): Promise<Outcome> => invoke([...argv, '--data', data]);
  const apply = async (text: string): Promise<void> => {
    writeFileSync(file, rule(text));
    expect(await cli('rule', 'apply', file)).toMatchObject({ code: 0 });
  };
  const shown = async (): Promise<string> => (await cli('rule', 'show', 'fan')).out;
  const house = await startHouse({ dataDir: data });
  onTestFinished(() => house.kill());
  await apply('before');
  const made = await cli('backup', '--json', '--out', join(dir, 'usb'));
  expect(made).toMatchObject({ code: 0, err: '' });
  const { id } = JSON.parse(made.out);
  expect((await cli('backup', 'list')).out).toContain(id);
  await apply('after');
  const preview = await cli('restore', id, '--preview');
  expect(preview.out).toMatch(/rules +1 +\+0 +-0 +~1 +~fan/);
  expect(await shown()).toContain('after');
  expect(await cli('doctor')).toMatchObject({ out: expect.stringMatching(/ok +house/) });
  expect(await cli('restore', id)).toMatchObject({ code: 0, out: expect.stringContaining('starts anew') });
  await expect.poll(shown, { timeout: 30_000, interval: 200 }).toContain('before');
  expect((await cli('audit', 'list', '--json')).out).toContain('backups.restored');
  await apply('later');
  expect(await house.stop()).toBe(0);

  expect(await cli('restore', join(dir, 'usb', id))).toMatchObject({
    code: 0,
    out: expect.stringContaining('restored'),
  });
  expect(readdirSync(data).filter((name) => name.startsWith('replaced-'))).toHaveLength(2);
  const offline = await cli('backup', '--json', '--with-key', '--history');
  expect(JSON.parse(offline.out)).toMatchObject({ hasHistory: true });
  expect((await cli('backup', 'list', '--json')).code).toBe(0);
  expect(await cli('restore', 'nothing')).toMatchObject({
    code: 1,
    err: expect.stringContaining('backup-missing'),
  });
  expect(await cli('doctor', '--offline', ...free)).toMatchObject({ code: 0 });
});

it('a doctor says what is wrong and what to do', async () => {
  const data = makeDir();
  const look = (...argv: string[]): Promise<Outcome> => invoke(['doctor', '--data', data, ...argv]);
  expect(await look(...free)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/warn +backups +there is none/),
  });
  writeFileSync(join(data, 'secret.key'), 'x'.repeat(32));
  chmodSync(join(data, 'secret.key'), 0o644);
  expect(await look(...free)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/fail +permissions .*chmod 600/),
  });
  chmodSync(join(data, 'secret.key'), 0o600);
  writeFileSync(join(data, 'homerule.db'), 'no database at all'.repeat(100));
  expect(await look(...free)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/fail +database .*restore/),
  });
  rmSync(join(data, 'homerule.db'));
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' ? `${address?.port}` : '';
  const found = await look(...free, '--mqtt-port', port);
  expect(found).toMatchObject({
    code: 1,
    out: expect.stringMatching(new RegExp(`fail +ports +mqtt.port .*:${port}`)),
  });
  writeFileSync(join(data, 'homerule.yaml'), 'backups: { at: sometime }\n');
  expect(await look()).toMatchObject({ code: 1, out: expect.stringMatching(/fail +config .*backups.at/) });
});
