// `homerule doctor`: looks at what a house stands on, and says what to do where something is wrong.
import { existsSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { messageOf, releasedAt } from '../../base/index.ts';
import { type Config, loadConfig } from '../../config/index.ts';
import { ApiClient } from '../client.ts';
import type { Call, CliCommand } from '../command.ts';
import { configFlags, declareConfigFlags } from '../config-flags.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { tableLines } from '../table.ts';

interface Finding {
  readonly check: string;
  readonly verdict: 'ok' | 'warn' | 'fail';
  /** What was found, and what to do unless it is well. */
  readonly words: string;
}

type Check = (config: Config, call: Call) => Finding | Promise<Finding>;

const leastNode: readonly [number, number] = [22, 13];
const littleBytes = 2e9;
const tooLittleBytes = 100e6;
const oldBackupMs = 3 * 86_400_000;

const finding = (check: string, verdict: Finding['verdict'], words: string): Finding => ({
  check,
  verdict,
  words,
});

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [least, leastMinor] = leastNode;
  const isNew = major > least || (major === least && minor >= leastMinor);
  const words = `Node.js ${process.versions.node}`;
  return isNew
    ? finding('node', 'ok', words)
    : finding('node', 'fail', `${words} is too old: install ${leastNode.join('.')} or newer`);
}

function clock(_config: Config, call: Call): Finding {
  const now = call.clock.now();
  const words = new Date(now).toISOString();
  return now >= releasedAt
    ? finding('clock', 'ok', words)
    : finding('clock', 'fail', `${words} is before Homerule was made: set the clock, or let NTP do it`);
}

function disk({ data }: Config): Finding {
  if (!existsSync(data))
    return finding('disk', 'warn', `${data} is not there yet: \`homerule start\` makes it`);
  const { bavail, bsize } = statfsSync(data);
  const free = bavail * bsize;
  const words = `${(free / 1e9).toFixed(1)} GB are free for ${data}`;
  if (free < tooLittleBytes)
    return finding('disk', 'fail', `${words}: make room, or nothing more can be kept`);
  return free < littleBytes
    ? finding('disk', 'warn', `${words}: make room, or keep less with history.journalBytes`)
    : finding('disk', 'ok', words);
}

function permissions({ data }: Config): Finding {
  const open = ['secret.key', 'homerule.db', 'tls/house.key', 'tls/ca.key'].filter((name) => {
    const found = statSync(join(data, name), { throwIfNoEntry: false });
    return found !== undefined && (found.mode & 0o077) !== 0;
  });
  return open.length === 0
    ? finding('permissions', 'ok', 'what is secret can be read by its owner only')
    : finding(
        'permissions',
        'fail',
        `others may read ${open.join(', ')}: chmod 600 ${open.map((name) => join(data, name)).join(' ')}`,
      );
}

async function backups({ data }: Config, call: Call): Promise<Finding> {
  const { listBackups } = await import('../../app.ts');
  const [newest] = listBackups(data);
  if (newest === undefined) return finding('backups', 'warn', 'there is none: `homerule backup`');
  const isOld = call.clock.now() - newest.createdAt > oldBackupMs;
  return finding(
    'backups',
    isOld ? 'warn' : 'ok',
    `the newest is ${newest.id}${isOld ? ': `homerule backup`' : ''}`,
  );
}

/** Undefined when it can be listened on. */
function refusal(host: string, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer();
  server.on('error', (error) => resolve(messageOf(error)));
  server.listen(port, host, () => server.close(() => resolve(undefined)));
  return promise;
}

async function ports(config: Config): Promise<Finding> {
  const { mqtt, ws, http } = config;
  const taken: string[] = [];
  for (const [key, { host, port }] of Object.entries({
    'mqtt.port': mqtt,
    'ws.port': ws,
    'http.port': http,
  })) {
    const why = await refusal(host, port);
    if (why !== undefined) taken.push(`${key} ${host}:${port} (${why})`);
  }
  return taken.length === 0
    ? finding('ports', 'ok', 'free')
    : finding('ports', 'fail', `${taken.join(', ')}: stop what has it, or set another in homerule.yaml`);
}

async function databases({ data }: Config, call: Call): Promise<Finding[]> {
  const { checkFolder } = await import('../../app.ts');
  try {
    const faults = await checkFolder(data, call.clock.now());
    const well = finding('database', 'ok', 'whole');
    const bad = (words: string): Finding =>
      finding('database', 'fail', `${words}: \`homerule backup list\`, then \`homerule restore ID\``);
    return [finding('lock', 'ok', 'no house runs here'), ...(faults.length === 0 ? [well] : faults.map(bad))];
  } catch (error) {
    return [finding('lock', 'fail', messageOf(error))];
  }
}

async function isRunning({ data }: Config): Promise<boolean> {
  try {
    await new ApiClient({ data }).request('/health');
    return true;
  } catch {
    return false;
  }
}

async function examine(call: Call, isOffline: boolean): Promise<Finding[]> {
  let config: Config;
  try {
    ({ config } = loadConfig(configFlags(call.options)));
  } catch (error) {
    return [node(), finding('config', 'fail', messageOf(error))];
  }
  const checks: readonly Check[] = [node, clock, disk, permissions, backups];
  const found = [finding('config', 'ok', 'no problems')];
  for (const check of checks) found.push(await check(config, call));
  if (!isOffline && (await isRunning(config)))
    return [...found, finding('house', 'ok', 'it runs and answers; it holds its ports and its databases')];
  return [...found, await ports(config), ...(existsSync(config.data) ? await databases(config, call) : [])];
}

async function doctor(call: Call): Promise<number> {
  const isOffline = typeof call.options === 'object' && call.options !== null && 'offline' in call.options;
  const found = await examine(call, isOffline);
  if (call.isJson) printJson(call, found);
  else {
    const rows = found.map(({ check, verdict, words }) => [verdict, check, words.replaceAll('\n', '; ')]);
    for (const line of tableLines(['', 'CHECK', 'FOUND'], rows)) print(call, line);
  }
  return found.some(({ verdict }) => verdict === 'fail') ? exitCodes.failed : exitCodes.ok;
}

export const doctorCommand: CliCommand = {
  name: 'doctor',
  about: 'look at lock, ports, disk, databases, clock, permissions and configuration, and say what to do',
  example: 'homerule doctor --offline',
  declare: (command) =>
    void declareConfigFlags(command).option(
      '--offline',
      'no house may run: its databases are read from end to end',
    ),
  run: doctor,
};
