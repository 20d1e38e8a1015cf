// mosquitto.conf to homerule.yaml: what it becomes, and what is said of every line.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/index.ts';
import { invoke } from './invoke.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homerule-import-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function conf(text: string, name = 'mosquitto.conf'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Answer {
  readonly yaml: string;
  readonly options: readonly { readonly where: string; readonly option: string; readonly note?: string }[];
  readonly warnings: readonly string[];
}

async function dryRun(path: string): Promise<Answer> {
  const { code, out, err } = await invoke(['import', 'mosquitto', path, '--dry-run', '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Answer;
}

const settings: readonly (readonly [string, object | null])[] = [
  ['', null],
  ['listener 1884\n', { mqtt: { port: 1884, host: '0.0.0.0' }, access: { allowAnonymous: false } }],
  [
    'listener 1884 127.0.0.1\nallow_anonymous true',
    { mqtt: { port: 1884, host: '127.0.0.1' }, access: { allowAnonymous: true } },
  ],
  [
    'port 1885\nbind_address 10.0.0.2\nallow_anonymous false',
    { mqtt: { port: 1885, host: '10.0.0.2' }, access: { allowAnonymous: false } },
  ],
  ['bind_address 10.0.0.2', { mqtt: { host: '10.0.0.2' } }],
  [
    '# comment\n\n  listener 9001\n  protocol websockets\nlistener 1883 ::1\n',
    {
      ws: { port: 9001, host: '0.0.0.0' },
      mqtt: { port: 1883, host: '::1' },
      access: { allowAnonymous: false },
    },
  ],
  [
    [
      'listener 8883',
      'cafile /etc/ca',
      'certfile crt',
      'keyfile /etc/key',
      'require_certificate true',
      'use_identity_as_username true',
      'listener 9001',
      'protocol websockets',
      'certfile crt',
    ].join('\n'),
    {
      mqtts: { port: 8883, host: '0.0.0.0' },
      wss: { port: 9001, host: '0.0.0.0' },
      tls: {
        ca: '/etc/ca',
        cert: 'HERE/crt',
        key: '/etc/key',
        requireCertificate: true,
        useIdentityAsUsername: true,
      },
      access: { allowAnonymous: false },
    },
  ],
  ['max_packet_size 2000', { limits: { maxPacketBytes: 2000 } }],
  ['persistence true\npid_file /run/x', null],
];

describe('import mosquitto', () => {
  it.each(settings)('%j', async (text, expected) => {
    const { yaml } = await dryRun(conf(text));
    expect(parse(yaml.replaceAll(folder, 'HERE'))).toEqual(expected);
  });

  it('takes files from the folder of the configuration and reads include_dir', async () => {
    mkdirSync(join(folder, 'conf.d'));
    conf('acl_file acl\n', 'conf.d/b.conf');
    conf('nonsense\n', 'conf.d/b.txt');
    conf('password_file /etc/users\n', 'conf.d/a.conf');
    const { yaml, options } = await dryRun(conf(`include_dir ${join(folder, 'conf.d')}\n`));
    expect(parse(yaml)).toEqual({ access: { passwordFile: '/etc/users', aclFile: join(folder, 'acl') } });
    expect(options.map(({ where }) => where.split('/').at(-1))).toEqual(['a.conf:1', 'b.conf:1']);
  });

  it.each([
    ['listener 8883\ncertfile /a\nlistener 8884\ncertfile /b', 'same certfile, and the first one counts', 1],
    ['listener 8883\npsk_hint x\ntls_version tlsv1.2', 'TLS', 2],
    [
      'connection out\naddress 10.0.0.9\ntopic # both\nremote_password geheim\nbridge_insecure true',
      'bridges',
      5,
    ],
    ['plugin /x.so\nplugin_opt_config /y', 'plugins', 2],
    ['max_queued_messages 10\nmax_connections 5', 'limit', 2],
    ['listener 1883\nlistener 1884', 'one listener of this kind, on port 1883', 1],
    ['listner 1883', 'did you mean listener', 1],
    ['listener 0 /run/mosquitto.sock', 'expected a port', 1],
  ])('says what it leaves out of %j', async (text, words, count) => {
    const { options } = await dryRun(conf(text));
    const left = options.filter(({ note }) => note?.startsWith('not translated') === true);
    expect(left.filter(({ note }) => note?.includes(words) === true)).toHaveLength(count);
    expect(options).toHaveLength(text.split('\n').length);
    expect(JSON.stringify(options)).not.toContain('geheim');
  });

  it('writes a file that the house takes, once', async () => {
    const data = join(folder, 'data');
    const path = conf('listener 1884\npassword_file users\nacl_file acl\n');
    writeFileSync(join(folder, 'users'), 'lamp:plain\n');
    const first = await invoke(['import', 'mosquitto', path, '--data', data]);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/mosquitto\.conf:1: listener 1884 → mqtt\.port: 1884, mqtt\.host: 0\.0\.0\.0/);
    expect(first.out).toMatch(/attention: \S+users:1: user "lamp": expected a hash/);
    expect(first.out).toMatch(/attention: \S+acl cannot be read/);
    const { config } = loadConfig({ flags: { data }, environment: {} });
    expect(config.mqtt).toEqual({ port: 1884, host: '0.0.0.0' });
    const before = readFileSync(join(data, 'homerule.yaml'), 'utf8');
    conf('listener 1885\n');
    expect(await invoke(['import', 'mosquitto', path, '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--force'),
    });
    expect(readFileSync(join(data, 'homerule.yaml'), 'utf8')).toBe(before);
    expect(await invoke(['import', 'mosquitto', path, '--data', data, '--force'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(data, 'homerule.yaml'), 'utf8')).toContain('port: 1885');
  });

  it('writes nothing when the file is missing', async () => {
    const data = join(folder, 'data');
    expect(await invoke(['import', 'mosquitto', join(folder, 'absent'), '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('absent cannot be read'),
    });
    expect(existsSync(data)).toBe(false);
  });
});
