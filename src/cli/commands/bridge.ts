// `homerule bridge`: bridges of a running house to other brokers. Flags follow mosquitto's words.
import type { Command } from 'commander';
import { z } from 'zod';
import type { BridgeRequest, BridgeView, Page } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';

const flags = z.looseObject({
  address: z.array(z.string()),
  topic: z.array(z.string()),
  username: z.string().optional(),
  pw: z.string().optional(),
  clientId: z.string().optional(),
  protocol: z.string().optional(),
  keepalive: z.string().optional(),
  cleanSession: z.boolean().optional(),
  roundRobin: z.boolean().optional(),
  notifications: z.boolean().optional(),
  tls: z.boolean().optional(),
  cafile: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
  insecure: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
type Flags = z.output<typeof flags>;

/** Only what was given. */
function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function tlsOf({ tls, cafile, cert, key, insecure }: Flags): Record<string, unknown> | undefined {
  const files = given({ ca: cafile, cert, key, insecure });
  return tls === true || Object.keys(files).length > 0 ? files : undefined;
}

function requestOf(options: Flags): BridgeRequest {
  const { address, topic, username, pw, clientId, protocol, keepalive } = options;
  const { cleanSession, roundRobin, notifications, disabled } = options;
  return {
    addresses: address,
    topics: topic,
    ...given({ username, password: pw, clientId, protocol, keepalive, cleanSession, roundRobin }),
    ...given({ tls: tlsOf(options) }),
    ...(notifications === false && { notifications }),
    ...(disabled === true && { enabled: false }),
  };
}

function stateOf({ state, lastError }: BridgeView): string {
  return state === 'connected' || lastError === undefined ? state : `${state} (${lastError.message})`;
}

async function listBridges(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<BridgeView>>('/bridges');
  if (call.isJson) {
    printJson(call, items);
    return exitCodes.ok;
  }
  const rows = items.map((bridge) => {
    const { sent, received, queued } = bridge.counters;
    return [bridge.name, bridge.address, String(sent), String(received), String(queued), stateOf(bridge)];
  });
  for (const line of tableLines(['NAME', 'ADDRESS', 'SENT', 'RECEIVED', 'QUEUED', 'STATE'], rows))
    print(call, line);
  return exitCodes.ok;
}

function settingLines({ settings, hasPassword }: BridgeView): string[][] {
  const rows = Object.entries(settings)
    .filter(([key]) => key !== 'name' && key !== 'topics')
    .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]);
  if (hasPassword) rows.push(['password', '(hidden)']);
  return [...rows, ...settings.topics.map((line) => ['topic', line])];
}

async function showBridge(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const bridge = await call.client.request<BridgeView>(`/bridges/${segment(name)}`);
  if (call.isJson) {
    printJson(call, bridge);
    return exitCodes.ok;
  }
  const { source, state, since, address, clientId, protocol = '-', lastError, counters } = bridge;
  const now = call.clock.now();
  const error = lastError === undefined ? '-' : `${lastError.message} (${ago(lastError.at, now)})`;
  const figures = Object.entries(counters).map(([key, value]) => `${key} ${value}`);
  const rows = [
    ['state', `${state}, since ${ago(since, now)}`],
    ['from', source],
    ['address', address],
    ['clientId', clientId],
    ['protocol', protocol],
    ['last error', error],
    ['counters', figures.join(', ')],
    ...settingLines(bridge),
  ];
  for (const line of tableLines(['BRIDGE', name], rows)) print(call, line);
  return exitCodes.ok;
}

async function addBridge(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const json = requestOf(flags.parse(call.options));
  const bridge = await call.client.request<BridgeView>(`/bridges/${segment(name)}`, { method: 'PUT', json });
  if (call.isJson) printJson(call, bridge);
  else print(call, `bridge ${bridge.name} to ${bridge.settings.addresses.join(', ')}: ${bridge.state}`);
  return exitCodes.ok;
}

async function removeBridges(call: ApiCall): Promise<number> {
  for (const name of call.args) {
    await call.client.request(`/bridges/${segment(name)}`, { method: 'DELETE' });
    if (!call.isJson) print(call, `removed ${name}`);
  }
  if (call.isJson) printJson(call, { removed: call.args });
  return exitCodes.ok;
}

const gather = (value: string, before: readonly string[] = []): string[] => [...before, value];

function declareAdd(command: Command): void {
  command
    .argument('<name>')
    .requiredOption('--address <host[:port]>', 'the other broker; several are tried in turn', gather)
    .requiredOption(
      '--topic <line>',
      "mosquitto's line: PATTERN [in|out|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]; several",
      gather,
    )
    .option('-u, --username <name>', 'user name there')
    .option('-P, --pw <password>', 'password there')
    .option('--client-id <id>', 'client id there (default: NAME.HOSTNAME)')
    .option('--protocol <version>', 'auto, mqttv50 or mqttv311 (default: auto)')
    .option('--keepalive <duration>', 'such as 60s')
    .option('--clean-session', 'keep no session there')
    .option('--round-robin', 'all addresses are equal')
    .option('--no-notifications', 'do not tell the state under $SYS/broker/connection')
    .option('--tls', 'over TLS; the usual port is 8883 then')
    .option('--cafile <file>', 'CAs of the other broker (PEM)')
    .option('--cert <file>', 'certificate of ours (PEM)')
    .option('--key <file>', 'its key (PEM)')
    .option('--insecure', 'the name in its certificate may be another')
    .option('--disabled', 'make it, but do not connect');
}

export const bridgeCommands = [
  apiCommand({
    name: 'bridge list',
    about: 'list bridges to other brokers with their state',
    example: 'homerule bridge list',
    run: listBridges,
  }),
  apiCommand({
    name: 'bridge show',
    about: 'show one bridge: settings, state, counters',
    example: 'homerule bridge show cloud',
    declare: (command) => void command.argument('<name>'),
    run: showBridge,
  }),
  apiCommand({
    name: 'bridge add',
    about: 'make or change a bridge',
    example: "homerule bridge add cloud --address mqtt.example.org --topic 'sensors/# out 1 home/ house7/'",
    declare: declareAdd,
    run: addBridge,
  }),
  apiCommand({
    name: 'bridge remove',
    about: 'remove bridges and what waits in their queues',
    example: 'homerule bridge remove cloud',
    declare: (command) => void command.argument('<name...>'),
    run: removeBridges,
  }),
];
