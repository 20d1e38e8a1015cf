// `homerule pub`: mosquitto_pub's flags.
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { MqttClient } from 'mqtt';
import { z } from 'zod';
import { messageOf, parseTopic } from '../../base/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { printJson } from '../context.ts';
import { exitCodes, fail, flagValue } from '../errors.ts';
import { connectMqtt } from '../mqtt/connect.ts';
import { declareMqttFlags, readMqttFlags, wholeNumber } from '../mqtt/flags.ts';

const flags = z.looseObject({
  topic: z.string().optional(),
  message: z.string().optional(),
  file: z.string().optional(),
  stdinFile: z.boolean().optional(),
  stdinLine: z.boolean().optional(),
  nullMessage: z.boolean().optional(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  retain: z.boolean().optional(),
  repeat: z.int(),
});

type Flags = z.output<typeof flags>;

/** Lines published and not yet acknowledged. */
const mostInFlight = 20;

function declare(command: Command): void {
  declareMqttFlags(command)
    .option('-t, --topic <topic>', 'topic to publish to')
    .option('-m, --message <text>', 'the message')
    .option('-f, --file <file>', 'the content of a file is the message')
    .option('-s, --stdin-file', 'the whole standard input is the message')
    .option('-l, --stdin-line', 'each line of the standard input is a message')
    .option('-n, --null-message', 'an empty message')
    .option('-q, --qos <qos>', 'quality of service', wholeNumber(0, 2), 0)
    .option('-r, --retain', 'the broker keeps the message')
    .option('--repeat <times>', 'publish it this many times', wholeNumber(1, 1_000_000), 1);
}

async function fileContent(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fail('file-missing', `-f: ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Lines as bytes, without their line feed; a last one may lack it. */
async function* linesOf(input: Readable): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of input) {
    rest = Buffer.concat([rest, Buffer.from(chunk)]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end);
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield rest;
}

async function* repeated(payload: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < times; i++) yield payload;
}

/** What to publish; files are read at once, so that a missing one costs no connection. */
async function payloadsOf(given: Flags, stdin: Readable): Promise<AsyncGenerator<Buffer>> {
  const { message, file, stdinFile, stdinLine, nullMessage, repeat } = given;
  const kinds = [message !== undefined, file !== undefined, stdinFile, stdinLine, nullMessage].filter(
    Boolean,
  );
  if (kinds.length !== 1) throw fail('wrong-usage', 'give exactly one of -m, -f, -s, -l and -n');
  if (stdinLine === true) return linesOf(stdin);
  if (nullMessage === true) return repeated(Buffer.alloc(0), repeat);
  if (file !== undefined) return repeated(await fileContent(file), repeat);
  return repeated(stdinFile === true ? await buffer(stdin) : Buffer.from(message ?? ''), repeat);
}

interface Sending {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

async function publishAll(
  client: MqttClient,
  sending: Sending,
  payloads: AsyncIterable<Buffer>,
): Promise<number> {
  const { topic, qos, retain } = sending;
  const lost = Promise.withResolvers<never>();
  const failed = (error: unknown): void => {
    lost.reject(
      fail('publish-failed', `not everything was published: ${messageOf(error)}`, { cause: error }),
    );
  };
  lost.promise.catch(() => undefined);
  client.once('close', () => failed(new Error('the connection was lost')));
  const inFlight = new Set<Promise<unknown>>();
  let count = 0;
  for await (const payload of payloads) {
    const sent = client.publishAsync(topic, payload, { qos, retain }).catch(failed);
    inFlight.add(sent);
    count++;
    void sent.then(() => inFlight.delete(sent));
    if (inFlight.size >= mostInFlight) await Promise.race([...inFlight, lost.promise]);
  }
  await Promise.race([Promise.all(inFlight), lost.promise]);
  client.removeAllListeners('close');
  return count;
}

async function publish(call: Call): Promise<number> {
  const given = flags.parse(call.options);
  const mqtt = readMqttFlags(call.options, 'pub');
  const asked = given.topic ?? mqtt.topic;
  if (asked === undefined) throw fail('wrong-usage', 'give a topic: -t TOPIC, or the path of -L');
  const topic = flagValue('-t', () => parseTopic(asked));
  const payloads = await payloadsOf(given, call.stdin);
  const client = await connectMqtt(mqtt, call);
  const sending = { topic, qos: given.qos, retain: given.retain === true };
  const count = await publishAll(client, sending, payloads);
  await client.endAsync();
  if (call.isJson) printJson(call, { topic, messages: count });
  return exitCodes.ok;
}

export const pubCommand: CliCommand = {
  name: 'pub',
  about: 'publish to an MQTT broker, with the flags of mosquitto_pub',
  example: `homerule pub -t home/kitchen/temperature -m '{"celsius":31}'`,
  declare,
  run: publish,
};
