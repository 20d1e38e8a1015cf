// Password files: our command against mosquitto_passwd, each reading what the other wrote.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePasswordFile, verifyPassword } from '../../src/base/index.ts';
import { testWith } from '../support/peers.ts';
import { invoke } from './invoke.ts';

let folder = '';
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homerule-passwd-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(text?: string): string {
  const path = join(folder, `users-${count++}`);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

async function isRight(path: string, user: string, password: string): Promise<boolean> {
  const { entries, problems } = parsePasswordFile(readFileSync(path, 'utf8'));
  expect(problems).toEqual([]);
  const entry = entries.get(user);
  return entry !== undefined && verifyPassword(password, entry.hash);
}

describe('homerule passwd', () => {
  it('makes a file that only its owner may read', async () => {
    const path = file();
    expect(await invoke(['passwd', '-c', '-b', path, 'lamp', 'secret'])).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(readFileSync(path, 'utf8')).toMatch(/^lamp:\$7\$1000\$[A-Za-z0-9+/=]{16}\$[A-Za-z0-9+/=]{88}\n$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await isRight(path, 'lamp', 'secret')).toBe(true);
    expect(await isRight(path, 'lamp', 'Secret')).toBe(false);
  });

  it('changes a line where it stands and keeps comments', async () => {
    const path = file('# of the kitchen\nlamp:old\n\nfan:other\n');
    expect(await invoke(['passwd', '-b', path, 'lamp', 'new'])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toMatch(/^# of the kitchen\nlamp:\$7\$\S+\n\nfan:other\n$/);
  });

  it('takes the password from stdin without -b', async () => {
    const path = file('');
    expect(await invoke(['passwd', path, 'lamp'], 'typed\n')).toMatchObject({ code: 0, err: '' });
    expect(await isRight(path, 'lamp', 'typed')).toBe(true);
    expect(await invoke(['passwd', path, 'lamp'], '')).toMatchObject({ code: 2 });
  });

  it('deletes a user', async () => {
    const path = file('lamp:x\nfan:y\n');
    expect(await invoke(['passwd', '-D', path, 'lamp'])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('fan:y\n');
    expect(await invoke(['passwd', '-D', path, 'lamp'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no user "lamp"'),
    });
  });

  it('hashes what is plain and leaves hashes alone', async () => {
    const path = file('lamp:plain\n');
    await invoke(['passwd', '-b', path, 'fan', 'hashed']);
    await invoke(['passwd', '-U', path]);
    await invoke(['passwd', '-U', path]);
    expect(await isRight(path, 'lamp', 'plain')).toBe(true);
    expect(await isRight(path, 'fan', 'hashed')).toBe(true);
  });

  it.each([
    [['-b', 'FILE', 'lamp'], 'expected FILE USER PASSWORD'],
    [['FILE', 'lamp', 'secret'], 'expected FILE USER'],
    [['-U', 'FILE', 'lamp'], 'expected FILE'],
    [['-c', '-D', 'FILE', 'lamp'], 'exclude each other'],
    [['-b', 'FILE', 'a:b', 'x'], 'holds no colon'],
    [['-b', 'FILE', '', 'x'], 'expected a user name'],
    [['-b', 'FILE', 'lamp', ''], 'expected a password'],
  ])('%j is wrong usage', async (argv, words) => {
    const path = file('keep:me\n');
    const given = argv.map((word) => (word === 'FILE' ? path : word));
    expect(await invoke(['passwd', ...given])).toMatchObject({
      code: 2,
      err: expect.stringContaining(words),
    });
    expect(readFileSync(path, 'utf8')).toBe('keep:me\n');
  });

  it('says when the file is missing', async () => {
    expect(await invoke(['passwd', '-b', join(folder, 'absent'), 'lamp', 'x'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('-c makes a new one'),
    });
  });
});

const hasMosquitto = spawnSync('mosquitto_passwd', ['--help'], { stdio: 'ignore' }).error === undefined;
const testWithMosquitto = testWith('mosquitto_passwd', hasMosquitto, 'apt install mosquitto');

function mosquittoPasswd(...argv: string[]): number | null {
  return spawnSync('mosquitto_passwd', argv, { stdio: 'ignore' }).status;
}

describe('beside mosquitto_passwd', () => {
  testWithMosquitto('what it writes is read here', async () => {
    const path = file();
    expect(mosquittoPasswd('-c', '-b', path, 'lamp', 'pä ss')).toBe(0);
    expect(mosquittoPasswd('-H', 'sha512', '-b', path, 'old', 'six')).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^lamp:\$7\$101\$.*\nold:\$6\$/);
    expect(await isRight(path, 'lamp', 'pä ss')).toBe(true);
    expect(await isRight(path, 'old', 'six')).toBe(true);
    expect(await isRight(path, 'old', 'seven')).toBe(false);
  });

  testWithMosquitto('both change one file in turn', async () => {
    const path = file();
    await invoke(['passwd', '-c', '-b', path, 'lamp', 'one']);
    expect(mosquittoPasswd('-b', path, 'fan', 'two')).toBe(0);
    await invoke(['passwd', '-b', path, 'fan', 'three']);
    expect(mosquittoPasswd('-D', path, 'lamp')).toBe(0);
    expect(await isRight(path, 'fan', 'three')).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toContain('lamp');
  });
});
