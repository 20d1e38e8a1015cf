// `homerule bemfa-emulator`: the Bemfa cloud on this machine, until a signal asks it to stop. Lines that come in are
// what a person says to the speaker.
import { createInterface } from 'node:readline';
import type {
  BemfaEmulator,
  Credentials,
  EmulatorOptions,
  PublishNotice,
  SessionNotice,
} from '../../../../plugins/bemfa/index.ts';
import { bemfaTopicFault, messageOf } from '../../../base/index.ts';
import type { Call, CliCommand } from '../../command.ts';
import { print, printJson, remark } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { createLogger } from '../../logger.ts';
import { firstSignal, stopInTime } from '../../stopping.ts';
import { tableLines } from '../../table.ts';
import { declareEmulatorFlags, type EmulatorFlags, readEmulatorFlags, tlsFilesOf, topicOf } from './flags.ts';

type Ports = Awaited<ReturnType<BemfaEmulator['start']>>;

const labels: Readonly<Record<string, string>> = {
  mqtt: 'MQTT',
  mqtts: 'MQTT over TLS',
  ws: 'MQTT over WebSocket',
  wss: 'MQTT over WebSocket and TLS',
  tcp: 'TCP',
  http: 'HTTP',
  https: 'HTTP over TLS',
};

type Settings = Omit<EmulatorOptions, 'clock' | 'log' | 'onPublish' | 'onSession'>;

function definedOnly(ports: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(ports).flatMap(([name, at]) => (at === undefined ? [] : [[name, at]])),
  );
}

function portsOf(given: EmulatorFlags): Settings['ports'] {
  return definedOnly({
    mqtt: given.mqttPort,
    mqtts: given.tlsPort,
    ws: given.wsPort,
    wss: given.wssPort,
    tcp: given.tcpPort,
    http: given.httpPort,
    https: given.httpsPort,
  });
}

function settingsOf(given: EmulatorFlags, accounts: readonly Credentials[]): Settings {
  const topics = given.topic.map(topicOf);
  for (const { name } of topics) {
    const fault = bemfaTopicFault(name);
    if (fault !== undefined) throw fail('wrong-usage', `--topic: ${fault}`);
  }
  const { createTopics: createsTopics, takeOver: takesOver, banAfter, host, data } = given;
  const tls = tlsFilesOf(given);
  return {
    ...{ host, accounts, topics, ports: portsOf(given), conduct: { createsTopics, takesOver, banAfter } },
    ...(tls && { tls }),
    ...(data !== undefined && { stateFile: data }),
  };
}

function greet(call: Call, emulator: BemfaEmulator, ports: Ports): void {
  const accounts = emulator.cloud.accounts.map((account) => ({
    ...account.credentials,
    topics: [...new Set(account.list().map(({ name }) => name))],
  }));
  if (call.isJson) return printJson(call, { event: 'started', ports, accounts });
  const rows = Object.entries(ports).map(([name, port]) => [labels[name] ?? name, String(port)]);
  for (const { uid, appId, appSecret, topics } of accounts) {
    rows.push(
      ['Key', uid],
      ['or user and password', `${appId} ${appSecret}`],
      ['Topics', topics.join(', ') || '-'],
    );
  }
  const [, ...lines] = tableLines(['', ''], rows);
  print(call, 'The Bemfa emulator is running.\n');
  for (const line of lines) print(call, `  ${line}`);
  print(call, '\nSpeak to it: type a line such as "light002 on 80", or in another terminal:');
  print(call, `  npx homerule bemfa-emulator voice --http-port ${ports.http} light002 on 80\n`);
}

function tellPublish(call: Call, { publication, outcome, hearers }: PublishNotice): void {
  const { source, address: topic, payload, type } = publication;
  const message = payload.toString();
  if (call.isJson) printJson(call, { event: 'publish', source, topic, type, message, outcome, hearers });
  else {
    const end = outcome === 'kept' ? `to ${hearers}` : outcome;
    print(call, `${source.padEnd(5)} ${topic} ${JSON.stringify(message)} (${end})`);
  }
}

function tellSession(call: Call, { isThere, reason }: SessionNotice): void {
  const event = isThere ? 'connected' : 'disconnected';
  if (call.isJson) printJson(call, { event, ...(reason !== undefined && { reason }) });
  else print(call, `mqtt  ${event}${reason === undefined ? '' : `: ${reason}`}`);
}

function listen(call: Call, emulator: BemfaEmulator): void {
  createInterface({ input: call.stdin }).on('line', (line) => {
    const [target = '', ...words] = line.trim().split(/\s+/);
    if (target === '') return;
    try {
      emulator.speak({ target, words });
    } catch (error) {
      remark(call, `homerule: ${messageOf(error)}`);
    }
  });
}

async function run(call: Call): Promise<number> {
  const given = readEmulatorFlags(call.options);
  const { BemfaEmulator, keyPattern, newCredentials } = await import('../../../../plugins/bemfa/index.ts');
  for (const key of given.key) {
    if (!keyPattern.test(key)) throw fail('wrong-usage', `--key: expected 32 digits of 0-9a-f, got "${key}"`);
  }
  const isOwnKey = given.key.length === 0 && given.data === undefined;
  const accounts = isOwnKey ? [newCredentials()] : given.key.map((key) => newCredentials(key));
  const log = createLogger({ level: 'info', format: call.isJson ? 'json' : 'pretty' }, call.stderr);
  const emulator = new BemfaEmulator({
    ...settingsOf(given, accounts),
    ...{ clock: call.clock, log },
    onPublish: (notice) => tellPublish(call, notice),
    onSession: (notice) => tellSession(call, notice),
  });
  const signal = firstSignal(call, () => undefined);
  greet(call, emulator, await emulator.start());
  listen(call, emulator);
  await signal;
  await stopInTime(call, () => emulator.stop());
  return exitCodes.ok;
}

export const bemfaEmulatorCommand: CliCommand = {
  name: 'bemfa-emulator',
  about: 'the Bemfa cloud on this machine, for devices made for it and for trying',
  example: 'homerule bemfa-emulator --key 0123456789abcdef0123456789abcdef --topic light002=Lamp curtain009',
  declare: declareEmulatorFlags,
  run,
};
