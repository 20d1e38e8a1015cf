// Every key of the configuration, with its default, its meaning and what it takes. The only list of keys there is.
import { isIP } from 'node:net';
import { z } from 'zod';
import { parseDayRange } from '../base/index.ts';
import { backupKeys } from './backup-keys.ts';
import { flowKeys } from './flow-keys.ts';
import { historyKeys } from './history-keys.ts';
import { count, isDuration, keyDocs } from './key-docs.ts';

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function port(fallback: number, about: string) {
  const schema = z.int().min(0).max(65_535).default(fallback);
  return schema.register(keyDocs, { about, expected: 'a port, 0 to 65535 (0: any free one)' });
}

function address(about: string) {
  const schema = z.string().min(1).optional();
  return schema.register(keyDocs, {
    about,
    expected: 'an address such as 127.0.0.1, or 0.0.0.0 for all',
    otherwise: 'as host',
  });
}

function optionalCount(about: string, otherwise: string) {
  const schema = z.int().min(1).max(2_147_483_647).optional();
  return schema.register(keyDocs, { about, expected: 'a whole number from 1', otherwise });
}

function degrees(most: number, about: string) {
  const schema = z.number().min(-most).max(most).optional();
  return schema.register(keyDocs, {
    about,
    expected: `degrees from -${most} to ${most}`,
    otherwise: 'unknown',
  });
}

function file(about: string, otherwise = 'none') {
  const schema = z.string().min(1).optional();
  return schema.register(keyDocs, { about, expected: 'the path of a file', otherwise, isPath: true });
}

function days(about: string) {
  const schema = z.array(z.string().refine((text) => parseDayRange(text) !== undefined)).default([]);
  return schema.register(keyDocs, {
    about,
    expected:
      'a list of days such as "2026-10-01 National Day", "2026-02-16..2026-02-22" or, for every year, "12-25"',
  });
}

const generated = 'that of `homerule certificate`';

function toggle(about: string) {
  return z.boolean().default(false).register(keyDocs, { about, expected: 'true or false' });
}

/** `10.1.2.3`, `192.168.0.0/16`, `fd00::/8` */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}

/** A network or a host name, without a port. */
function isCallable(text: string): boolean {
  return isNetwork(text) || (/^[\w-]+(?:\.[\w-]+)*$/.test(text) && !/^[\d.]+$/.test(text));
}

const endpoint = (fallback: number, what: string) => ({
  port: port(fallback, `Port of ${what}.`),
  host: address(`Address of ${what}.`),
});

const listener = (fallback: number, what: string) => z.strictObject(endpoint(fallback, what)).prefault({});

export const configSchema = z.strictObject({
  data: z.string().min(1).default('data').register(keyDocs, {
    about: 'Folder of everything that is kept.',
    expected: 'the path of a folder',
    isPath: true,
  }),
  host: z.string().min(1).default('127.0.0.1').register(keyDocs, {
    about: 'Address that every listener uses unless it has its own.',
    expected: 'an address such as 127.0.0.1, or 0.0.0.0 for all',
  }),
  mqtt: z
    .strictObject({
      ...endpoint(1883, 'MQTT over TCP'),
      socket: file('Unix socket for MQTT; whoever may open it counts as this machine.'),
    })
    .prefault({}),
  mqtts: listener(8883, 'MQTT over TLS, open when there is a certificate'),
  ws: listener(8083, 'MQTT over WebSocket'),
  wss: listener(8084, 'MQTT over WebSocket and TLS, open when there is a certificate'),
  tls: z
    .strictObject({
      cert: file('Certificate (PEM, with those between it and its CA).', generated),
      key: file('Key of the certificate (PEM).', generated),
      ca: file('CAs of client certificates (PEM).', generated),
      requestCertificate: toggle('Whether MQTT clients are asked for a certificate; a wrong one is refused.'),
      requireCertificate: toggle('Whether MQTT clients must have a certificate.'),
      useIdentityAsUsername: toggle(
        "Whether the common name of a client's certificate is its user, without a password.",
      ),
    })
    .prefault({}),
  proxy: z
    .strictObject({
      trusted: z.array(z.string().refine(isNetwork)).default([]).register(keyDocs, {
        about: 'Proxies whose MQTT connections begin with a PROXY header, version 1 or 2.',
        expected: 'a list of addresses or networks such as 192.168.1.5 or 10.0.0.0/8',
      }),
    })
    .prefault({}),
  http: z
    .strictObject({
      port: port(18_083, 'Port of the web UI and the HTTP API.'),
      host: address('Address of the web UI and the HTTP API.'),
      hosts: z
        .array(z.string().regex(/^[^\s:/@]+$/))
        .default([])
        .register(keyDocs, {
          about: 'Further host names under which the house may be called.',
          expected: 'a list of host names without a port',
        }),
      origins: z.array(z.string().refine(isOrigin)).default([]).register(keyDocs, {
        about: 'Origins of web pages that may call although they come from another host.',
        expected: 'a list of origins such as https://panel.example',
      }),
      allow: z.array(z.string().refine(isCallable)).default([]).register(keyDocs, {
        about:
          'What rules may call with `http` beside the public Internet: addresses, networks and host names of the home.',
        expected: 'a list such as 192.168.1.20, 192.168.1.0/24 or nas.local',
      }),
    })
    .prefault({}),
  access: z
    .strictObject({
      allowAnonymous: z.boolean().optional().register(keyDocs, {
        about: 'Whether MQTT clients of this machine itself need no name; those of other machines always do.',
        expected: 'true or false',
        otherwise: 'until there is an administrator',
      }),
      checkRetainSource: z.boolean().default(true).register(keyDocs, {
        about: 'Whether a retained message is had only as long as who published it may publish there.',
        expected: 'true or false',
      }),
      ruleCommands: toggle(
        'Whether clients that a rule of access grants it may run, enable and disable rules by publishing on homerule/rules/ID/run, enable, disable or set.',
      ),
      deviceCommands: toggle(
        'Whether clients that a rule of access grants it may command devices by publishing on homerule/devices/ID/set.',
      ),
      passwordFile: file('Password file of mosquitto, for users beside those of the house.'),
      aclFile: file(
        'ACL file of mosquitto, for what users of the password file and anonymous clients may do.',
      ),
    })
    .prefault({}),
  zone: z.string().refine(isZone).optional().register(keyDocs, {
    about: 'Time zone of the home.',
    expected: 'an IANA time zone such as Asia/Shanghai',
    otherwise: "the system's",
  }),
  place: z
    .strictObject({
      latitude: degrees(90, 'Where the home is, for the sun: north is positive.'),
      longitude: degrees(180, 'Where the home is, for the sun: east is positive.'),
    })
    .prefault({}),
  calendar: z
    .strictObject({
      holidays: days('Days off beside the weekends: dates or ranges, each with a name if you like.'),
      workdays: days('Days of weekends or holidays on which people work all the same.'),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info').register(keyDocs, {
        about: 'The least important thing that is logged.',
        expected: 'debug, info, warn or error',
      }),
      format: z.enum(['pretty', 'json']).default('pretty').register(keyDocs, {
        about: 'Lines for people, or one JSON object a line.',
        expected: 'pretty or json',
      }),
    })
    .prefault({}),
  rules: z
    .strictObject({
      outcomes: z.boolean().default(true).register(keyDocs, {
        about: 'Whether clients are told how each run ended, on homerule/rules/ID/outcome.',
        expected: 'true or false',
      }),
      breaker: z
        .strictObject({
          runs: z.int().min(0).max(1_000_000).default(100).register(keyDocs, {
            about: 'Runs of one rule within the time below that open its breaker; 0 switches breakers off.',
            expected: 'a whole number from 0',
          }),
          in: z.string().refine(isDuration).default('10s').register(keyDocs, {
            about: 'The time in which those runs are counted.',
            expected: 'a duration such as 10s',
          }),
        })
        .prefault({}),
    })
    .prefault({}),
  devices: z
    .strictObject({
      uniform: toggle(
        'Whether the state of every device is published as JSON, retained, on homerule/devices/ID/state.',
      ),
      learn: z.boolean().default(true).register(keyDocs, {
        about: 'Whether devices are proposed that nobody announced, from what their topics say.',
        expected: 'true or false',
      }),
      homie: z
        .string()
        .regex(/^[^/+#]+$/)
        .default('homie')
        .register(keyDocs, {
          about: 'First level of the topics under which Homie devices announce themselves.',
          expected: 'one level of a topic',
        }),
      homeAssistant: z
        .strictObject({
          prefix: z
            .string()
            .regex(/^[^/+#]+(\/[^/+#]+)*$/)
            .default('homeassistant')
            .register(keyDocs, {
              about: "First levels of the topics of Home Assistant's discovery.",
              expected: 'a topic without wildcards',
            }),
          publish: toggle(
            'Whether our own devices and rules are announced to Home Assistant; switches the uniform states on too.',
          ),
        })
        .prefault({}),
    })
    .prefault({}),
  history: historyKeys,
  flows: flowKeys,
  backups: backupKeys,
  bridges: z
    .array(z.looseObject({ name: z.string().min(1) }))
    .default([])
    .register(keyDocs, {
      about: 'Bridges to other MQTT brokers, in the words of mosquitto; see `src/bridges/README.md`.',
      expected: 'a list of bridges, each with name, addresses and topics',
      isSecret: true,
    }),
  plugins: z
    .strictObject({
      trusted: z.array(z.string()).default([]).register(keyDocs, {
        about:
          'Installed plugins that may run in the process of the house, where nothing contains one that hangs.',
        expected: 'a list of ids of plugins',
      }),
    })
    .prefault({}),
  limits: z
    .strictObject({
      maxPacketBytes: count(1_048_576, 'The largest MQTT packet that is taken.'),
      maxPayloadBytes: optionalCount(
        'The largest payload that MQTT clients may publish; what is larger is refused, its connection stays.',
        'what the packet holds',
      ),
      maxConnections: count(5000, 'Open MQTT connections of each listener.'),
      maxQos: z.literal([0, 1, 2]).default(2).register(keyDocs, {
        about: 'The highest QoS that MQTT clients may use.',
        expected: '0, 1 or 2',
      }),
      maxKeepalive: optionalCount(
        'Seconds that an MQTT client may be silent, whatever it asked for.',
        '300 for MQTT 5, 3600 for older versions',
      ),
      maxInflightMessages: count(1000, 'Messages of QoS 1 and 2 on their way to one client.'),
      maxQueuedMessages: count(1000, 'Messages that wait for one client; the oldest leaves first.'),
      maxQueuedBytes: count(8_388_608, 'Bytes of messages that wait for one client that is away.'),
      maxTopicAlias: z.int().min(0).max(65_535).default(10).register(keyDocs, {
        about: 'Topic aliases that an MQTT client may use.',
        expected: 'a whole number from 0 to 65535',
      }),
      maxTopicAliasBroker: z.int().min(0).max(65_535).default(256).register(keyDocs, {
        about: 'Topic aliases that are used towards an MQTT client, if it allows them.',
        expected: 'a whole number from 0 to 65535',
      }),
      sessionExpiry: z.string().refine(isDuration).optional().register(keyDocs, {
        about: 'How long a session is kept for an MQTT client that is away, at most.',
        expected: 'a duration such as 30d',
        otherwise: 'as long as the client asked',
      }),
      stateTopics: count(100_000, 'Topics whose latest value is kept.'),
      statePayloadBytes: count(65_536, 'The largest value that is kept whole; of a larger one, its hash.'),
      devices: count(10_000, 'Devices that are kept; more are not shown and counted.'),
      topicsPerClient: count(5000, 'New topics that one client may bring.'),
    })
    .prefault({}),
});

type Values = z.output<typeof configSchema>;
type Listener = Values['ws'] & { readonly host: string };

/** The effective configuration: checked, with every default filled in and `data` an absolute path. */
export type Config = Omit<Values, 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'http' | 'zone'> & {
  readonly mqtt: Values['mqtt'] & { readonly host: string };
  readonly mqtts: Listener;
  readonly ws: Listener;
  readonly wss: Listener;
  readonly http: Values['http'] & { readonly host: string };
  readonly zone: string;
};

/** Fills in what depends on other keys or on the machine. */
export function complete(values: Values, dataDir: string): Config {
  const host = (own: string | undefined): string => own ?? values.host;
  return {
    ...values,
    data: dataDir,
    mqtt: { ...values.mqtt, host: host(values.mqtt.host) },
    mqtts: { ...values.mqtts, host: host(values.mqtts.host) },
    ws: { ...values.ws, host: host(values.ws.host) },
    wss: { ...values.wss, host: host(values.wss.host) },
    http: {
      ...values.http,
      host: host(values.http.host),
      hosts: values.http.hosts.map((name) => name.toLowerCase()),
    },
    zone: values.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
