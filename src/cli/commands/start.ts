// `homerule start`: runs the house until a signal asks it to stop.
import { networkInterfaces } from 'node:os';
import { type Config, loadConfig, packageVersion } from '../../config/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { configFlags, declareConfigFlags } from '../config-flags.ts';
import { type Context, print, printJson, remark } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { firstSignal, stopInTime } from '../stopping.ts';
import { tableLines } from '../table.ts';
import { letYoungSpaceGrow } from '../young-generation.ts';

interface Address {
  readonly kind: string;
  readonly url: string;
}

const labels: Readonly<Record<string, string>> = {
  mqtt: 'MQTT',
  mqtts: 'MQTT over TLS',
  ws: 'MQTT over WebSocket',
  wss: 'MQTT over WebSocket and TLS',
  unix: 'MQTT on a unix socket',
  http: 'Web UI and API',
  socket: 'Command line',
};

/** ` -p 1884` for the commands to try, when MQTT is not where they look by themselves. */
function portFlag(addresses: readonly Address[]): string {
  const url = addresses.find(({ kind }) => kind === 'mqtt')?.url ?? '';
  const port = URL.canParse(url) ? new URL(url).port : '';
  return port === '' || port === '1883' ? '' : ` -p ${port}`;
}

/** What listens everywhere is found at an address, not at the word for all of them. */
function saidAs(url: string, host: string): string {
  return url.replace(/\/\/(?:0\.0\.0\.0|\[::\])(?=[:/])/, `//${host}`);
}

/** The page that makes the first administrator; behind the `#` it never reaches a server or its log. */
function setupUrl(addresses: readonly Address[], code: string | undefined): string | undefined {
  const web = addresses.find(({ kind }) => kind === 'http')?.url;
  return code === undefined || web === undefined ? undefined : `${saidAs(web, 'localhost')}/setup#${code}`;
}

function hostOf([first = 'localhost']: readonly string[]): string {
  return first.includes(':') ? `[${first}]` : first;
}

interface Started {
  readonly addresses: readonly Address[];
  readonly setup: string | undefined;
  /** How others call this machine. */
  readonly host: string;
}

function greet(context: Context, config: Config, { addresses, setup, host }: Started): void {
  const port = portFlag(addresses);
  const listeners = addresses.map(({ kind, url }) => [labels[kind] ?? kind, saidAs(url, host)]);
  const rows = [...listeners, ['Data', config.data]];
  const [, ...lines] = tableLines(['', ''], rows);
  print(context, `Homerule ${packageVersion()} is running.\n`);
  for (const line of lines) print(context, `  ${line}`);
  if (setup !== undefined) {
    print(context, '\nUntil there is an administrator, only this machine may come in. Make one here:');
    print(context, `  ${setup}`);
  }
  print(context, '\nTry in another terminal:');
  print(context, `  npx homerule sub${port} -t 'home/#' -v`);
  print(context, `  npx homerule pub${port} -t home/kitchen/temperature -m '{"celsius":31}'\n`);
}

interface Waiting {
  readonly signal: Promise<NodeJS.Signals>;
  /** Told which house runs now. */
  hears(reload: (() => Promise<void>) | undefined): void;
}

/** Runs one house until it ends; true when it is to be started again. */
async function runOnce(call: Call, { signal, hears }: Waiting): Promise<boolean | number> {
  const { finishRestore, ownAddresses, restartCode, startHouse } = await import('../../app.ts');
  const flags = configFlags(call.options);
  const before = loadConfig(flags).config;
  const restored = await finishRestore(before.data, call.clock.now());
  const config = restored === undefined ? before : loadConfig(flags).config;
  const log = createLogger(config.log, call.stderr);
  const house = await startHouse({ config, log, restored });
  hears(() => {
    log.info({}, 'looking at certificates and access files again');
    return house.reload();
  });
  letYoungSpaceGrow();
  const { addresses } = house;
  const setup = setupUrl(addresses, house.setupCode);
  if (call.isJson) printJson(call, { addresses, data: config.data, ...(setup !== undefined && { setup }) });
  else greet(call, config, { addresses, setup, host: hostOf(ownAddresses(networkInterfaces())) });
  const reason = await Promise.race([signal, house.failed]);
  hears(undefined);
  const isAsked = typeof reason === 'string';
  if (isAsked) log.info({ signal: reason }, 'stopping');
  else remark(call, `homerule: ${reason.code}: ${reason.message}`);
  await stopInTime(call, () => house.stop());
  log.info({}, 'stopped');
  if (!isAsked && reason.code === restartCode) return true;
  return isAsked ? exitCodes.ok : exitCodes.failed;
}

async function start(call: Call): Promise<number> {
  let reload: (() => Promise<void>) | undefined;
  const signal = firstSignal(call, () => void reload?.());
  for (;;) {
    const end = await runOnce(call, {
      signal,
      hears: (next) => {
        reload = next;
      },
    });
    if (typeof end === 'number') return end;
  }
}

export const startCommand: CliCommand = {
  name: 'start',
  about: 'run the broker, the rules and the web UI',
  example: 'homerule start --data /srv/homerule --host 0.0.0.0',
  declare: declareConfigFlags,
  run: start,
};
