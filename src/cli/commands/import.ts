// `homerule import mosquitto FILE`: a mosquitto.conf as homerule.yaml, with every line that has no place in it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, parsePasswordFile } from '../../base/index.ts';
import {
  type Config,
  dataFolder,
  loadConfig,
  type TranslatedOption,
  translateMosquitto,
} from '../../config/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';

const flags = z.looseObject({
  data: z.string().optional(),
  dryRun: z.boolean().default(false),
  force: z.boolean().default(false),
});

function line({ where, option, settings, note }: TranslatedOption): string {
  const parts = [settings?.join(', '), note].filter((part) => part !== undefined);
  return `${where}: ${option} → ${parts.length === 0 ? 'nothing' : parts.join(' — ')}`;
}

function save(target: string, yaml: string, isForced: boolean, data: string): void {
  if (existsSync(target) && !isForced) {
    throw fail('file-exists', `${target} is there already; --dry-run shows, --force replaces it`);
  }
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    writeFileSync(target, yaml, { mode: 0o600, flush: true });
  } catch (cause) {
    throw fail('file-missing', `${target} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

/** What would keep the house from starting: files that it may not read, lines that it does not take. */
function warningsOf({ passwordFile, aclFile }: Config['access']): string[] {
  const warnings: string[] = [];
  const read = (path: string): string | undefined => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      warnings.push(`${path} cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  };
  const passwords = passwordFile === undefined ? undefined : read(passwordFile);
  if (passwords !== undefined) {
    const { problems } = parsePasswordFile(passwords);
    warnings.push(...problems.map((problem) => `${passwordFile}:${problem.line}: ${problem.message}`));
  }
  if (aclFile !== undefined) read(aclFile);
  return warnings;
}

async function importMosquitto(call: Call): Promise<number> {
  const [file = ''] = call.args;
  const options = flags.parse(call.options);
  const data = dataFolder(options.data);
  const target = join(data, 'homerule.yaml');
  const { yaml, options: lines } = translateMosquitto(file);
  if (!options.dryRun) save(target, yaml, options.force, data);
  const warnings = options.dryRun
    ? []
    : warningsOf(loadConfig({ file: target, flags: { data }, environment: {} }).config.access);
  if (call.isJson) printJson(call, { file: options.dryRun ? null : target, yaml, options: lines, warnings });
  else {
    for (const option of lines) print(call, line(option));
    for (const warning of warnings) print(call, `attention: ${warning}`);
    print(call, options.dryRun ? `\n${yaml}` : `\nwrote ${target}`);
  }
  return exitCodes.ok;
}

export const importCommand: CliCommand = {
  name: 'import mosquitto',
  about: 'translate a mosquitto.conf to homerule.yaml and list what has no place in it',
  example: 'homerule import mosquitto /etc/mosquitto/mosquitto.conf --dry-run',
  declare: (command) =>
    void command
      .argument('<file>')
      .option('--data <dir>', 'data folder that gets homerule.yaml (default: data)')
      .option('--dry-run', 'only show what would be written')
      .option('--force', 'replace a homerule.yaml that is there'),
  run: importMosquitto,
};
