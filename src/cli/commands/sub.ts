// `homerule sub`: mosquitto_sub's flags and output.
import { constants } from 'node:os';
import type { Command } from 'commander';
import type { MqttClient } from 'mqtt';
import { z } from 'zod';
import { matchesFilter, parseFilter } from '../../base/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { remark } from '../context.ts';
import { exitCodes, fail, flagValue } from '../errors.ts';
import { connectMqtt } from '../mqtt/connect.ts';
import { declareMqttFlags, readMqttFlags, wholeNumber } from '../mqtt/flags.ts';
import { type Formatter, parseFormat, simpleFormat } from '../mqtt/format.ts';
import { messageOfPacket, type ReceivedMessage } from '../mqtt/message.ts';

const flags = z.looseObject({
  topic: z.array(z.string()).default([]),
  filterOut: z.array(z.string()).default([]),
  unsubscribe: z.array(z.string()).default([]),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  verbose: z.boolean().optional(),
  format: z.string().optional(),
  /** False with -N. */
  eol: z.boolean(),
  count: z.int().optional(),
  timeout: z.int().optional(),
  exitAfterSubscribe: z.boolean().optional(),
  /** False with -R. */
  stale: z.boolean(),
  retainedOnly: z.boolean().optional(),
});

type Flags = z.output<typeof flags>;

const reconnectEveryMs = 1000;

const also = (value: string, before: string[] = []): string[] => [...before, value];

function declare(command: Command): void {
  declareMqttFlags(command)
    .option('-t, --topic <filter>', 'what to listen to; may be repeated', also)
    .option('-T, --filter-out <filter>', 'what not to print; may be repeated', also)
    .option('-U, --unsubscribe <filter>', 'give up a subscription of a kept session', also)
    .option('-q, --qos <qos>', 'highest quality of service', wholeNumber(0, 2), 0)
    .option('-v, --verbose', 'print topic and payload')
    .option(
      '-F, --format <format>',
      'print this: %t topic, %p payload, %q QoS, %r retain, %j JSON, @H:@M time …',
    )
    .option('-N, --no-eol', 'no line feed after a payload')
    .option('-C, --count <messages>', 'exit after this many', wholeNumber(1, 2_147_483_647))
    .option('-W, --timeout <seconds>', 'exit with 27 after this time', wholeNumber(1, 2_147_483))
    .option('-E, --exit-after-subscribe', 'exit once subscribed')
    .option('-R, --no-stale', 'do not print retained messages')
    .option('--retained-only', 'only retained messages; exit at the first other one');
}

function formatterOf(given: Flags, isJson: boolean): Formatter {
  const end = given.eol ? '\n' : '';
  const format = given.format ?? (isJson ? '%j' : undefined);
  if (format === undefined) return simpleFormat(given.verbose === true, end);
  const formatted = parseFormat(format);
  return (...message) => Buffer.concat([formatted(...message), Buffer.from(end)]);
}

/** What one invocation prints, and when it has seen enough. */
class Listener {
  readonly #given: Flags;
  readonly #call: Call;
  readonly #format: Formatter;
  readonly #finish: (code: number) => void;
  #count = 0;
  #isDone = false;

  constructor(given: Flags, call: Call, finish: (code: number) => void) {
    this.#given = given;
    this.#call = call;
    this.#format = formatterOf(given, call.isJson);
    this.#finish = (code) => {
      this.#isDone = true;
      finish(code);
    };
  }

  hear(message: ReceivedMessage): void {
    const { retainedOnly, stale, filterOut, count } = this.#given;
    if (this.#isDone) return;
    if (retainedOnly === true && !message.retain) {
      this.#finish(exitCodes.ok);
      return;
    }
    if (message.retain && !stale) return;
    if (filterOut.some((filter) => matchesFilter(filter, message.topic))) return;
    const warn = (text: string): void => remark(this.#call, text);
    this.#call.stdout.write(this.#format(message, this.#call.clock.now(), warn));
    if (++this.#count === count) this.#finish(exitCodes.ok);
  }
}

async function subscribe(
  client: MqttClient,
  given: Flags,
  topics: readonly string[],
  call: Call,
): Promise<void> {
  if (topics.length > 0) {
    const granted = await client.subscribeAsync([...topics], { qos: given.qos });
    const denied = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
    if (denied.length === topics.length) {
      throw fail('subscribe-refused', `the broker refused every subscription: ${denied.join(', ')}`);
    }
    if (denied.length > 0) remark(call, `homerule: subscribe-refused: ${denied.join(', ')}`);
  }
  if (given.unsubscribe.length > 0) await client.unsubscribeAsync([...given.unsubscribe]);
}

function topicsOf(given: Flags, urlTopic: string | undefined): string[] {
  const topics = urlTopic === undefined ? given.topic : [...given.topic, urlTopic];
  if (topics.length === 0 && given.unsubscribe.length === 0) {
    throw fail('wrong-usage', 'give a topic: -t FILTER, or the path of -L');
  }
  const check = (flag: string, filters: readonly string[]): string[] =>
    filters.map((filter) => flagValue(flag, () => parseFilter(filter)));
  check('-T', given.filterOut);
  check('-U', given.unsubscribe);
  return check('-t', topics);
}

/** Resolves with the exit code; the parts of `sub` that may end it race here. */
async function listen(call: Call): Promise<number> {
  const given = flags.parse(call.options);
  const mqtt = readMqttFlags(call.options, 'sub');
  const topics = topicsOf(given, mqtt.topic);
  const ended = Promise.withResolvers<number>();
  const listener = new Listener(given, call, ended.resolve);
  const undoSignal = call.onSignal((signal) => ended.resolve(128 + constants.signals[signal]));
  const undoTimeout =
    given.timeout === undefined
      ? () => undefined
      : call.clock.after(given.timeout * 1000, () => ended.resolve(exitCodes.timedOut));
  let client: MqttClient | undefined;
  connectMqtt(mqtt, call, (unconnected) => {
    client = unconnected;
    client.on('message', (_topic, _payload, packet) => listener.hear(messageOfPacket(packet)));
    client.on('connect', () => {
      subscribe(unconnected, given, topics, call).then(
        () => given.exitAfterSubscribe === true && ended.resolve(exitCodes.ok),
        // When the connection was lost meanwhile, the next one subscribes again.
        (error: unknown) => unconnected.connected && ended.reject(error),
      );
    });
  }).then((connected) => keepTrying(connected, call), ended.reject);
  const code = await ended.promise;
  undoSignal();
  undoTimeout();
  if (code === exitCodes.timedOut) remark(call, 'Timed out');
  if (client) await end(client, call, code === exitCodes.ok);
  return code;
}

/** From now on a lost connection is taken up again; that it was lost is said once. */
function keepTrying(client: MqttClient, call: Call): void {
  let isLost = false;
  client.options.reconnectPeriod = reconnectEveryMs;
  client.on('connect', () => {
    isLost = false;
  });
  client.on('close', () => {
    if (!isLost && !client.disconnecting) remark(call, 'homerule: the connection was lost, trying again');
    isLost = true;
  });
}

/** Gently: after the acknowledgement of the last message, which is sent when its listener has returned. */
async function end(client: MqttClient, call: Call, isGentle: boolean): Promise<void> {
  await new Promise<void>((resolve) => call.clock.soon(resolve));
  await client.endAsync(!isGentle);
}

export const subCommand: CliCommand = {
  name: 'sub',
  about: 'print messages of an MQTT broker, with the flags and output of mosquitto_sub',
  example: "homerule sub -t 'home/+/temperature' -v",
  declare,
  run: listen,
};
