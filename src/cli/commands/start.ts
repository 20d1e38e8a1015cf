// `homerule start`: runs the house until a signal asks it to stop.
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

function greet(context: Context, config: Config, addresses: readonly Address[]): void {
  const port = portFlag(addresses);
  const rows = [...addresses.map(({ kind, url }) => [labels[kind] ?? kind, url]), ['Data', config.data]];
  const [, ...lines] = tableLines(['', ''], rows);
  print(context, `Homerule ${packageVersion()} is running.\n`);
  for (const line of lines) print(context, `  ${line}`);
  print(context, '\nTry in another terminal:');
  print(context, `  npx homerule sub${port} -t 'home/#' -v`);
  print(context, `  npx homerule pub${port} -t home/kitchen/temperature -m '{"celsius":31}'\n`);
}

async function start(call: Call): Promise<number> {
  const { config } = loadConfig(configFlags(call.options));
  const log = createLogger(config.log, call.stderr);
  let reload: (() => Promise<void>) | undefined;
  const signal = firstSignal(call, () => {
    log.info({}, 'looking at certificates and access files again');
    void reload?.();
  });
  const { startHouse } = await import('../../app.ts');
  const house = await startHouse({ config, log });
  reload = () => house.reload();
  letYoungSpaceGrow();
  if (call.isJson) printJson(call, { addresses: house.addresses, data: config.data });
  else greet(call, config, house.addresses);
  const reason = await Promise.race([signal, house.failed]);
  const isAsked = typeof reason === 'string';
  if (isAsked) log.info({ signal: reason }, 'stopping');
  else remark(call, `homerule: ${reason.code}: ${reason.message}`);
  await stopInTime(call, () => house.stop());
  log.info({}, 'stopped');
  return isAsked ? exitCodes.ok : exitCodes.failed;
}

export const startCommand: CliCommand = {
  name: 'start',
  about: 'run the broker, the rules and the web UI',
  example: 'homerule start --data /srv/homerule --host 0.0.0.0',
  declare: declareConfigFlags,
  run: start,
};
