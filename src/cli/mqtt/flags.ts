// The connection flags that pub and sub share with mosquitto_pub and mosquitto_sub.
import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { IClientOptions } from 'mqtt';
import { z } from 'zod';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';

const flags = z.looseObject({
  host: z.string().optional(),
  port: z.int().optional(),
  username: z.string().optional(),
  pw: z.string().optional(),
  id: z.string().optional(),
  idPrefix: z.string().optional(),
  keepalive: z.int(),
  disableCleanSession: z.boolean().optional(),
  protocolVersion: z.union([z.literal(3), z.literal(4), z.literal(5)]),
  url: z.string().optional(),
  ws: z.boolean().optional(),
  debug: z.boolean().optional(),
  cafile: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
  insecure: z.boolean().optional(),
  willTopic: z.string().optional(),
  willPayload: z.string().optional(),
  willQos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  willRetain: z.boolean().optional(),
});

type Flags = z.output<typeof flags>;

export interface MqttFlags {
  readonly options: IClientOptions;
  /** The topic of `-L`, when there was one. */
  readonly topic: string | undefined;
  readonly isDebug: boolean;
}

const versions: Readonly<Record<string, 3 | 4 | 5>> = {
  mqttv31: 3,
  '31': 3,
  mqttv311: 4,
  '311': 4,
  mqttv5: 5,
  '5': 5,
};

export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

function protocolVersion(text: string): 3 | 4 | 5 {
  const version = versions[text];
  if (version !== undefined) return version;
  throw new InvalidArgumentError('Expected mqttv31, mqttv311 or mqttv5.');
}

export function declareMqttFlags(command: Command): Command {
  const qos = wholeNumber(0, 2);
  return command
    .option('-h, --host <host>', 'broker (default: localhost)')
    .option(
      '-p, --port <port>',
      'its port (default: 1883; 8883 with TLS; 8083 with --ws)',
      wholeNumber(1, 65_535),
    )
    .option('-u, --username <name>', 'user name')
    .option('-P, --pw <password>', 'password')
    .option('-i, --id <id>', 'client id (default: made from the process id)')
    .option('-I, --id-prefix <prefix>', 'client id made of this and the process id')
    .option('-k, --keepalive <seconds>', 'keep-alive', wholeNumber(0, 65_535), 60)
    .option('-c, --disable-clean-session', 'keep the session on the broker (needs -i)')
    .option('-V, --protocol-version <version>', 'mqttv31, mqttv311 or mqttv5', protocolVersion, 4)
    .option('-L, --url <url>', 'mqtt(s)://[user[:password]@]host[:port]/topic')
    .option('--ws', 'over WebSocket, path /mqtt')
    .option('-d, --debug', 'say what is sent and received')
    .option('--cafile <file>', 'trusted certificates; switches TLS on')
    .option('--cert <file>', 'own certificate')
    .option('--key <file>', 'its key')
    .option('--insecure', 'do not check the host name of the certificate')
    .option('--will-topic <topic>', 'topic of the will')
    .option('--will-payload <text>', 'payload of the will (default: empty)')
    .option('--will-qos <qos>', 'QoS of the will', qos, 0)
    .option('--will-retain', 'retain the will');
}

interface Target {
  readonly host: string;
  readonly port: number | undefined;
  readonly hasTls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly topic: string | undefined;
}

function fromUrl(text: string): Partial<Target> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^mqtts?:$/.test(url.protocol) || url.hostname === '') {
    throw fail('wrong-usage', `-L: expected mqtt(s)://[user[:password]@]host[:port]/topic, got "${text}"`);
  }
  const or = (part: string): string | undefined => (part === '' ? undefined : decodeURIComponent(part));
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    hasTls: url.protocol === 'mqtts:',
    username: or(url.username),
    password: or(url.password),
    topic: or(url.pathname.slice(1)),
  };
}

function targetOf(given: Flags): Target {
  const url = given.url === undefined ? {} : fromUrl(given.url);
  return {
    host: given.host ?? url.host ?? 'localhost',
    port: given.port ?? url.port,
    hasTls: url.hasTls === true || given.cafile !== undefined || given.cert !== undefined,
    username: given.username ?? url.username,
    password: given.pw ?? url.password,
    topic: url.topic,
  };
}

function protocolOf(
  hasTls: boolean,
  isWs: boolean,
): { protocol: 'mqtt' | 'mqtts' | 'ws' | 'wss'; port: number } {
  if (isWs) return hasTls ? { protocol: 'wss', port: 8084 } : { protocol: 'ws', port: 8083 };
  return hasTls ? { protocol: 'mqtts', port: 8883 } : { protocol: 'mqtt', port: 1883 };
}

function fileOf(flag: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fail('file-missing', `${flag}: ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function tlsOptions({ cafile, cert, key, insecure }: Flags): IClientOptions {
  return {
    ...(cafile === undefined ? {} : { ca: fileOf('--cafile', cafile) }),
    ...(cert === undefined ? {} : { cert: fileOf('--cert', cert) }),
    ...(key === undefined ? {} : { key: fileOf('--key', key) }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
  };
}

function willOptions({ willTopic, willPayload, willQos, willRetain }: Flags): IClientOptions {
  if (willTopic === undefined) {
    if (willPayload === undefined && willRetain === undefined) return {};
    throw fail('wrong-usage', '--will-payload and --will-retain need --will-topic');
  }
  const payload = Buffer.from(willPayload ?? '');
  return { will: { topic: willTopic, payload, qos: willQos, retain: willRetain === true } };
}

function sessionOptions(given: Flags, name: string): IClientOptions {
  const { id, idPrefix, disableCleanSession, keepalive } = given;
  if (disableCleanSession === true && id === undefined) {
    throw fail('wrong-usage', '-c needs a client id (-i): the session is kept under it');
  }
  if (id !== undefined && idPrefix !== undefined) throw fail('wrong-usage', '-i and -I exclude each other');
  return {
    clientId: id ?? `${idPrefix ?? `homerule-${name}-`}${process.pid}`,
    clean: disableCleanSession !== true,
    keepalive,
    protocolVersion: given.protocolVersion,
    ...(given.protocolVersion === 3 ? { protocolId: 'MQIsdp' } : {}),
    ...(given.protocolVersion === 5 && disableCleanSession === true
      ? { properties: { sessionExpiryInterval: 0xffff_ffff } }
      : {}),
  };
}

/** Throws `wrong-usage` or `file-missing`. `name` is the command's, for the client id. */
export function readMqttFlags(options: unknown, name: string): MqttFlags {
  const given = flags.parse(options);
  const { host, port, hasTls, username, password, topic } = targetOf(given);
  const scheme = protocolOf(hasTls, given.ws === true);
  return {
    topic,
    isDebug: given.debug === true,
    options: {
      ...sessionOptions(given, name),
      ...tlsOptions(given),
      ...willOptions(given),
      protocol: scheme.protocol,
      host,
      port: port ?? scheme.port,
      path: '/mqtt',
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
  };
}
