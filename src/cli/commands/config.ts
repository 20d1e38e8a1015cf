// `homerule config`: what is in force and where each value came from.
import type { Command } from 'commander';
import { type ConfigKey, configKeys, defaultText, loadConfig } from '../../config/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { configFlags, declareConfigFlags } from '../config-flags.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { tableLines } from '../table.ts';

const hidden = '(hidden)';

/** `mqtt.port` in `{ mqtt: { port } }`. */
function valueAt(config: object, path: string): unknown {
  let value: unknown = config;
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined;
  }
  return value;
}

function shown(key: ConfigKey, config: object): unknown {
  const value = valueAt(config, key.path);
  return key.isSecret === true && value !== undefined ? hidden : value;
}

function text(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function showConfig(call: Call): Promise<number> {
  const { config, origins, file } = loadConfig(configFlags(call.options));
  const rows = configKeys().map((key) => ({
    key: key.path,
    value: shown(key, config),
    origin: origins[key.path] ?? 'default',
  }));
  if (call.isJson) printJson(call, { file: file ?? null, keys: rows });
  else {
    const cells = rows.map(({ key, value, origin }) => [
      key,
      text(value),
      origin === 'file' ? `${file}` : origin,
    ]);
    for (const line of tableLines(['KEY', 'VALUE', 'FROM'], cells)) print(call, line);
  }
  return exitCodes.ok;
}

function keyHelp(): string {
  const rows = configKeys().map((key) => [key.path, defaultText(key), key.about]);
  return `\nKeys of homerule.yaml:\n${tableLines(['KEY', 'DEFAULT', 'MEANING'], rows)
    .map((line) => `  ${line}`)
    .join('\n')}`;
}

export const configCommand: CliCommand = {
  name: 'config',
  about: 'print the effective configuration and where each value came from',
  example: 'HOMERULE_MQTT__PORT=1884 homerule config',
  declare: (command: Command) => {
    declareConfigFlags(command).addHelpText('after', keyHelp);
  },
  run: showConfig,
};
