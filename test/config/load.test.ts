import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyPolicy, type LoadOptions, loadConfig } from '../../src/config/index.ts';

describe('loadConfig', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-config-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** With nothing from the machine's own environment, and the data in the test's folder. */
  const load = (options: LoadOptions & { yaml?: string } = {}) => {
    if (options.yaml !== undefined) writeFileSync(join(folder, 'homerule.yaml'), options.yaml);
    const flags = { data: folder, ...options.flags };
    return loadConfig({ environment: {}, ...options, flags });
  };

  const problemsOf = (options: Parameters<typeof load>[0]): string[] => {
    try {
      load(options);
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-config', kind: 'invalid' });
      return String((error as Error).message)
        .replaceAll(/\S*homerule\.yaml/g, 'FILE')
        .split('\n');
    }
    return [];
  };

  it('has a default for everything', () => {
    const { config, origins, file } = loadConfig({ environment: {}, flags: { data: folder } });
    expect(config).toMatchObject({
      data: folder,
      mqtt: { port: 1883, host: '127.0.0.1' },
      ws: { port: 8083, host: '127.0.0.1' },
      http: { port: 18_083, host: '127.0.0.1', hosts: [], origins: [], allow: [] },
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      access: {},
      place: {},
      log: { level: 'info', format: 'pretty' },
      limits: { maxPacketBytes: 1_048_576, stateTopics: 100_000, statePayloadBytes: 65_536 },
    });
    expect(origins['data']).toBe('flag');
    expect(new Set(Object.values({ ...origins, data: 'default' }))).toEqual(new Set(['default']));
    expect(file).toBeUndefined();
  });

  it('prefers flags to environment to file to defaults', () => {
    const yaml = 'host: 1.1.1.1\nmqtt: { port: 1 }\nws: { port: 1 }\nhttp: { port: 1 }\n';
    const environment = { HOMERULE_MQTT__PORT: '2', HOMERULE_WS__PORT: '2' };
    const { config, origins, file } = load({ yaml, environment, flags: { 'mqtt.port': '3' } });
    expect([config.mqtt.port, config.ws.port, config.http.port]).toEqual([3, 2, 1]);
    expect(config.limits.topicsPerClient).toBe(5000);
    expect(origins).toMatchObject({
      'mqtt.port': 'flag',
      'ws.port': 'environment',
      'http.port': 'file',
      'limits.topicsPerClient': 'default',
    });
    expect(file).toBe(join(folder, 'homerule.yaml'));
  });

  it('gives every listener the common address unless it has its own', () => {
    const { config } = load({ yaml: 'host: 0.0.0.0\nmqtt: { host: "::1" }\n' });
    expect([config.mqtt.host, config.ws.host, config.http.host]).toEqual(['::1', '0.0.0.0', '0.0.0.0']);
  });

  it('takes access files from beside the configuration, and yes and no from the environment', () => {
    const yaml = 'access: { passwordFile: users.txt, aclFile: /etc/acl }\n';
    const { config } = load({ yaml, environment: { HOMERULE_ACCESS__ALLOW_ANONYMOUS: 'false' } });
    expect(config.access).toEqual({
      allowAnonymous: false,
      checkRetainSource: true,
      ruleCommands: false,
      deviceCommands: false,
      passwordFile: join(folder, 'users.txt'),
      aclFile: '/etc/acl',
    });
    const environment = { HOMERULE_ACCESS__ALLOWANONYMOUS: 'perhaps' };
    expect(problemsOf({ environment })).toEqual([
      'HOMERULE_ACCESS__ALLOWANONYMOUS: access.allowAnonymous: expected true or false, got "perhaps"',
    ]);
  });

  it('reads what is kept of the past', () => {
    const yaml =
      'history:\n  raw: 40d\n  topics:\n    - { filter: a/#, exclude: true }\n    - { filter: b, keep: 2d, thin: { band: 2 } }\n';
    const day = 86_400_000;
    expect(historyPolicy(load({ yaml }).config)).toMatchObject({
      ...{ journalMs: 8 * day, rawMs: 40 * day, rollupMs: 730 * day, series: 20_000 },
      topics: [
        { filter: 'a/#', isExcluded: true, journalMs: 8 * day, rawMs: 40 * day, thin: undefined },
        { filter: 'b', isExcluded: false, journalMs: 2 * day, thin: { everyMs: 0, band: 2 } },
      ],
    });
    const named =
      'expected filter, exclude, keep, raw, rollup, thin, but there is "kep" (did you mean keep?)';
    const wrong: [yaml: string, problem: string][] = [
      ['raw: 3h', 'history.raw: expected a duration of at least 1d, got "3h"'],
      [
        'topics: [{ filter: a# }]',
        'history.topics[0].filter: expected an MQTT filter such as home/#, got "a#"',
      ],
      [
        'topics: [{ keep: 1d }]',
        'history.topics[0].filter: expected an MQTT filter such as home/#, got undefined',
      ],
      [
        'topics: [{ filter: a, thin: { every: soon } }]',
        'history.topics[0].thin.every: expected a duration such as 30d, got "soon"',
      ],
      ['topics: [{ filter: a, kep: 1d }]', `history.topics[0]: ${named}, got {"filter":"a","kep":"1d"}`],
    ];
    for (const [line, problem] of wrong)
      expect(problemsOf({ yaml: `history: { ${line} }\n` })).toEqual([
        expect.stringContaining(`: ${problem}`),
      ]);
  });

  it('puts keys of any depth in their place', () => {
    const { config } = load({ yaml: 'rules: { breaker: { runs: 7 } }\n' });
    expect(config.rules.breaker).toEqual({ runs: 7, in: '10s' });
  });

  it('takes paths of the file from where the file is', () => {
    const { config } = load({ yaml: 'tls: { cert: house.pem, key: house.key }\n' });
    expect(config.tls).toMatchObject({ cert: join(folder, 'house.pem'), key: join(folder, 'house.key') });
  });

  it('meets camelCase keys in the environment in any case', () => {
    const environment = {
      HOMERULE_LIMITS__STATETOPICS: '7',
      HOMERULE_LIMITS__TOPICS_PER_CLIENT: '8',
      HOMERULE_HTTP__HOSTS: 'Panel.example, other',
      HOMERULE_PLACE__LATITUDE: '-33.9',
      HOMERULE_PLACE__LONGITUDE: '151.2',
      HOMERULE_REQUIRE_PEERS: '1',
      OTHER_THING: 'x',
    };
    const { config } = load({ environment });
    expect(config.limits).toMatchObject({ stateTopics: 7, topicsPerClient: 8 });
    expect(config.http.hosts).toEqual(['panel.example', 'other']);
    expect(config.place).toEqual({ latitude: -33.9, longitude: 151.2 });
  });

  it('reads the data folder that flags or environment name, and the file that --config names', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'homerule.yaml'), 'mqtt: { port: 5 }');
    expect(loadConfig({ environment: { HOMERULE_DATA: other } }).config).toMatchObject({
      data: other,
      mqtt: { port: 5 },
    });
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'data: store\nmqtt: { port: 6 }');
    expect(loadConfig({ environment: {}, file }).config).toMatchObject({
      data: join(folder, 'store'),
      mqtt: { port: 6 },
    });
    expect(loadConfig({ environment: {}, file, flags: { data: other } }).config.data).toBe(other);
  });

  it('says when the file of --config cannot be read', () => {
    expect(() => load({ file: join(folder, 'absent.yaml') })).toThrow(
      expect.objectContaining({
        code: 'config-missing',
        message: expect.stringContaining('absent.yaml cannot be read'),
      }),
    );
  });

  it.each(['', '# nothing\n', 'mqtt:\n', '---\n'])('takes the empty file %j', (yaml) => {
    expect(load({ yaml }).config.mqtt.port).toBe(1883);
  });

  it.each([
    ['mqtt:\n  prot: 1\n', ['FILE:2:3: unknown key "mqtt.prot" (did you mean port?)']],
    ['mqqt: {}\n', ['FILE:1:1: unknown key "mqqt" (did you mean mqtt?)']],
    ['mqtt.port: 1\n', ['FILE:1:1: unknown key "mqtt.port" (write port under mqtt)']],
    ['nonsense: 1\n', ['FILE:1:1: unknown key "nonsense"']],
    ['host: h\nmqtt: 5\n', ['FILE:2:7: mqtt: expected a group of keys (port, host, socket)']],
    ['mqtt: [1]\n', ['FILE:1:7: mqtt: expected a group of keys (port, host, socket)']],
    ['- 1\n', ['FILE:1:1: expected keys and values']],
    [
      'mqtt:\n  port: "1884"\n',
      ['FILE:2:9: mqtt.port: expected a port, 0 to 65535 (0: any free one), got "1884"'],
    ],
    [
      'mqtt: { port: 65536 }\nlog: { level: loud }\n',
      [
        'FILE:1:15: mqtt.port: expected a port, 0 to 65535 (0: any free one), got 65536',
        'FILE:2:15: log.level: expected debug, info, warn or error, got "loud"',
      ],
    ],
    [
      'mqtt: { port: }\n',
      [expect.stringContaining('mqtt.port: expected a port, 0 to 65535 (0: any free one), got null')],
    ],
    [
      'zone: Mars/Base\n',
      ['FILE:1:7: zone: expected an IANA time zone such as Asia/Shanghai, got "Mars/Base"'],
    ],
    [
      'http: { origins: ["https://a.example/"] }\n',
      [expect.stringContaining('http.origins: expected a list of origins such as https://panel.example')],
    ],
    ['http: { hosts: ["a:1"] }\n', [expect.stringContaining('http.hosts: expected a list of host names')]],
    [
      'place: { latitude: 91 }\n',
      [expect.stringContaining('-90 to 90'), expect.stringContaining('together')],
    ],
    ['tls: { cert: a.pem }\n', ['FILE:1:14: tls.cert: goes only together with tls.key']],
    [
      'tls: { cert: a.pem, key: a.key, requireCertificate: true }\n',
      ['FILE:1:53: tls.requireCertificate: goes only together with tls.ca'],
    ],
    [
      'proxy: { trusted: [10.0.0.0/33] }\n',
      [expect.stringContaining('proxy.trusted: expected a list of addresses or networks')],
    ],
    ['place: { latitude: 9 }\n', ['FILE:1:20: place: expected latitude and longitude together']],
    ['host: [\n', [expect.stringMatching(/^FILE:2:1: /)]],
    ['host: a\nhost: b\n', [expect.stringMatching(/^FILE:2:1: .*unique/)]],
    ['data: elsewhere\n', [expect.stringContaining('use --data')]],
  ])('refuses %j', (yaml, expected) => {
    expect(problemsOf({ yaml })).toEqual(expected);
  });

  it('names the variable or the flag that is wrong, and everything at once', () => {
    const environment = { HOMERULE_MQTT__PRT: '1', HOMERULE_HTTP__PORT: 'abc', HOMERULE_HTTP__HOST: '' };
    expect(problemsOf({ environment, flags: { 'mqtt.port': '-1' }, yaml: 'x: 1\n' })).toEqual([
      'HOMERULE_MQTT__PRT: unknown key (did you mean HOMERULE_MQTT__PORT?)',
      'FILE:1:1: unknown key "x"',
      '--mqtt-port: mqtt.port: expected a port, 0 to 65535 (0: any free one), got "-1"',
      'HOMERULE_HTTP__PORT: http.port: expected a port, 0 to 65535 (0: any free one), got "abc"',
      'HOMERULE_HTTP__HOST: http.host: expected an address such as 127.0.0.1, or 0.0.0.0 for all, got ""',
    ]);
  });

  it.each(['0', '65535'])('takes port %s', (text) => {
    expect(load({ flags: { 'mqtt.port': text } }).config.mqtt.port).toBe(Number(text));
  });
});
