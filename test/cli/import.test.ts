// mosquitto.conf to homerule.yaml: what it becomes, and what is said of every line.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../../src/bridges/index.ts';
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
  ['listener 0 /run/mqtt.sock', { mqtt: { socket: '/run/mqtt.sock' }, access: { allowAnonymous: false } }],
  [
    [
      'message_size_limit 500',
      'max_connections 7',
      'max_inflight_messages 5',
      'max_queued_messages 9',
      'max_queued_bytes 10000',
      'max_keepalive 60',
      'max_qos 1',
      'max_topic_alias 3',
      'max_topic_alias_broker 4',
      'persistent_client_expiration 2w',
    ].join('\n'),
    {
      limits: {
        maxPayloadBytes: 500,
        maxConnections: 7,
        maxInflightMessages: 5,
        maxQueuedMessages: 9,
        maxQueuedBytes: 10_000,
        maxKeepalive: 60,
        maxQos: 1,
        maxTopicAlias: 3,
        maxTopicAliasBroker: 4,
        sessionExpiry: '336h',
      },
    },
  ],
  ['max_connections -1\nmax_inflight_messages 0\nmax_queued_bytes 0', null],
  [
    'per_listener_settings true\nlistener 8883\nallow_anonymous false\nlistener 1883 localhost\nallow_anonymous true',
    { mqtt: { port: 8883, host: '0.0.0.0' }, access: { allowAnonymous: true } },
  ],
  [
    'per_listener_settings true\nlistener 1883\nallow_anonymous true\nlistener 1884',
    { mqtt: { port: 1883, host: '0.0.0.0' }, access: { allowAnonymous: false } },
  ],
  [
    [
      'connection my cloud',
      'address mqtt.example.org:8883 backup.example.org',
      'addresses third.example.org',
      'topic sensors/# out 1 home/ house7/',
      'topic commands/# in 2',
      'remote_username house7',
      'remote_password geheim',
      'remote_clientid c7',
      'local_username robot',
      'cleansession true',
      'try_private true',
      'notifications false',
      'notifications_local_only true',
      'notification_topic state/cloud',
      'restart_timeout 10 30',
      'keepalive_interval 30',
      'round_robin true',
      'bridge_cafile ca.crt',
      'bridge_certfile /etc/c.crt',
      'bridge_keyfile /etc/c.key',
      'bridge_insecure true',
      'bridge_alpn mqtt',
      'bridge_tls_version tlsv1.3',
      'bridge_protocol_version mqttv50',
      'bridge_outgoing_retain false',
      'start_type lazy',
      'threshold 3',
      'idle_timeout 20',
      'connection second',
      'address 10.0.0.9',
      'topic # both',
      'username u',
      'password p',
      'clientid x',
      'restart_timeout 7',
      'bridge_capath /etc/ssl/certs',
      'start_type once',
    ].join('\n'),
    {
      bridges: [
        {
          name: 'my-cloud',
          addresses: ['mqtt.example.org:8883', 'backup.example.org', 'third.example.org'],
          topics: ['sensors/# out 1 home/ house7/', 'commands/# in 2'],
          username: 'house7',
          password: 'geheim',
          clientId: 'c7',
          localUser: 'robot',
          cleanSession: true,
          notifications: false,
          notificationsLocalOnly: true,
          notificationTopic: 'state/cloud',
          keepalive: '30s',
          roundRobin: true,
          outgoingRetain: false,
          protocol: 'mqttv50',
          startType: 'lazy',
          threshold: 3,
          idleTimeout: '20s',
          restartTimeout: { base: '10s', cap: '30s' },
          tls: {
            ca: 'HERE/ca.crt',
            cert: '/etc/c.crt',
            key: '/etc/c.key',
            insecure: true,
            alpn: 'mqtt',
            minVersion: 'TLSv1.3',
          },
        },
        {
          name: 'second',
          addresses: ['10.0.0.9'],
          topics: ['# both'],
          username: 'u',
          password: 'p',
          clientId: 'x',
          restartTimeout: { base: '7s', cap: '7s' },
          startType: 'once',
          tls: {},
        },
      ],
    },
  ],
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
    ['connection out\naddress 10.0.0.9\nremote_password geheim', 'the connection has no topic', 1],
    ['connection out\ntopic # both', 'the connection has no address', 1],
    ['connection a\nconnection a', 'there is a connection a already', 1],
    ['address 10.0.0.9\ntopic # both\nstart_type once', 'no connection comes before it', 3],
    ['connection a\nbridge_psk geheim\nbridge_identity x', 'bridges have no such setting', 2],
    ['connection a\nstart_type manual\nbridge_protocol_version mqttv31', 'there is only', 2],
    ['connection a\nrestart_timeout 30 10\nkeepalive_interval x', 'expected', 2],
    ['connection a\nbridge_tls_version tlsv1.1', 'TLS 1.2 or later', 1],
    ['max_qos 3\nmax_connections 0\nmax_keepalive 5\npersistent_client_expiration 3', 'expected a', 4],
    ['max_inflight_bytes 100', 'counted in messages', 1],
    ['plugin /x.so\nplugin_opt_config /y', 'plugins', 2],
    ['listener 1883\nlistener 1884', 'one listener of this kind, on port 1883', 1],
    ['listner 1883', 'did you mean listener', 1],
    ['listener 0', 'expected a port', 1],
    ['listener 1\nmax_connections 5\nlistener 2\nmax_connections 6', 'and the first one counts', 1],
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

  it.each(settings.filter(([text]) => text.includes('connection ')))(
    'makes bridges that can be: %j',
    async (text) => {
      const { yaml } = await dryRun(conf(text));
      const { bridges } = parse(yaml) as { bridges: readonly unknown[] };
      for (const bridge of bridges) expect(parseSettings(bridge)).toMatchObject(bridge as object);
    },
  );

  it('writes nothing when the file is missing', async () => {
    const data = join(folder, 'data');
    expect(await invoke(['import', 'mosquitto', join(folder, 'absent'), '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('absent cannot be read'),
    });
    expect(existsSync(data)).toBe(false);
  });
});
