// The flags of `homerule bemfa-emulator`.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { messageOf } from '../../../base/index.ts';
import { fail } from '../../errors.ts';
import { wholeNumber } from '../../mqtt/flags.ts';

const port = z.int().optional();

const flags = z.looseObject({
  host: z.string(),
  mqttPort: z.int(),
  tlsPort: port,
  wsPort: port,
  wssPort: port,
  tcpPort: z.int(),
  httpPort: z.int(),
  httpsPort: port,
  tlsCert: z.string().optional(),
  tlsKey: z.string().optional(),
  key: z.array(z.string()).default([]),
  topic: z.array(z.string()).default([]),
  data: z.string().optional(),
  createTopics: z.boolean().default(false),
  takeOver: z.boolean().default(false),
  banAfter: z.int().default(0),
});
export type EmulatorFlags = z.output<typeof flags>;

export function declareEmulatorFlags(command: Command): void {
  const anyPort = wholeNumber(0, 65_535);
  command
    .option('--mqtt-port <number>', 'MQTT; 0: any free port', anyPort, 9501)
    .option('--tcp-port <number>', 'TCP device cloud', anyPort, 8344)
    .option('--http-port <number>', 'HTTP APIs and the voice; devices ask port 80', anyPort, 8380)
    .option('--tls-port <number>', 'MQTT over TLS (the cloud: 9503)', anyPort)
    .option('--ws-port <number>', 'MQTT over WebSocket, path /wss', anyPort)
    .option('--wss-port <number>', 'MQTT over WebSocket and TLS, path /wss (the cloud: 9504)', anyPort)
    .option('--https-port <number>', 'HTTP APIs over TLS', anyPort)
    .option('--tls-cert <file>', 'certificate (default: a self-signed one, made at each start)')
    .option('--tls-key <file>', 'its key')
    .option('--host <address>', 'where to listen', '0.0.0.0')
    .option('--key <hex...>', 'private key of an account, 32 hexadecimal digits (default: a new one)')
    .option('--topic <name...>', 'topic to make in each account; name=nickname names it for the speaker')
    .option('--data <file>', 'keep topics and last messages in this file')
    .option('--create-topics', 'make a topic when it is first used, as the cloud does not')
    .option('--take-over', 'end a connection when its client id connects again')
    .option('--ban-after <number>', 'shut an account after so many packets of QoS 2', wholeNumber(1, 1000));
}

export function readEmulatorFlags(options: unknown): EmulatorFlags {
  return flags.parse(options);
}

/** `light002=客厅灯` */
export function topicOf(text: string): { readonly name: string; readonly nickname: string } {
  const [name = '', ...nickname] = text.split('=');
  return { name, nickname: nickname.join('=') };
}

function read(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fail('file-missing', `${flag}: ${messageOf(error)}`, { cause: error });
  }
}

/** Undefined when neither is given. */
export function tlsFilesOf({ tlsCert, tlsKey }: EmulatorFlags) {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw fail('wrong-usage', '--tls-cert and --tls-key belong together');
  }
  return { cert: read('--tls-cert', tlsCert), key: read('--tls-key', tlsKey) };
}
