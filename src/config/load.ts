// From flags, environment, file and defaults to one checked configuration. All problems at once, never half a result.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { messageOf } from '../base/index.ts';
import { type Environment, processEnvironment, readEnvironment } from './environment.ts';
import { fail } from './errors.ts';
import { readConfigFile } from './file.ts';
import { type ConfigKey, configKeys, guess } from './keys.ts';
import { type Config, complete, configSchema } from './schema.ts';
import { fromText, type Origin, type Reading, type Setting, wrongValue } from './setting.ts';

export interface LoadOptions {
  /** By key: `{ 'mqtt.port': '1884' }`; undefined ones were not given. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  /** The process's own when absent. */
  readonly environment?: Environment;
  /** Of --config; without it, `homerule.yaml` in the data folder, when there is one. */
  readonly file?: string | undefined;
}

export interface LoadedConfig {
  readonly config: Config;
  /** By key: where its value came from. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** The file that was read. */
  readonly file: string | undefined;
}

function readFlags(flags: NonNullable<LoadOptions['flags']>, keys: readonly ConfigKey[]): Reading {
  const settings: Setting[] = [];
  const problems: string[] = [];
  for (const [path, text] of Object.entries(flags)) {
    if (text === undefined) continue;
    const where = `--${path.replaceAll('.', '-')}`;
    const key = keys.find((candidate) => candidate.path === path);
    if (key) settings.push({ path, value: fromText(key, text), origin: 'flag', where });
    else {
      problems.push(
        `${where}: unknown key${guess(
          path,
          keys.map((known) => known.path),
        )}`,
      );
    }
  }
  return { settings, problems };
}

function dataDirOf(settings: readonly Setting[]): string {
  const given = settings.findLast((setting) => setting.path === 'data' && typeof setting.value === 'string');
  return resolve(String(given?.value ?? configSchema.shape.data.parse(undefined)));
}

/** The data folder as commands for a running house know it: what was asked for, the environment, or the default. */
export function dataFolder(asked: string | undefined, environment = processEnvironment()): string {
  return resolve(asked ?? environment['HOMERULE_DATA'] ?? configSchema.shape.data.parse(undefined));
}

/** The text of the file, undefined when the default one is absent. */
function readText(path: string, isAsked: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !isAsked) return undefined;
    throw fail('config-missing', `the configuration ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

interface FileReading extends Reading {
  readonly path: string | undefined;
}

function readFile(options: LoadOptions, dataDir: string, keys: readonly ConfigKey[]): FileReading {
  const path = options.file === undefined ? join(dataDir, 'homerule.yaml') : resolve(options.file);
  const text = readText(path, options.file !== undefined);
  if (text === undefined) return { settings: [], problems: [], path: undefined };
  const reading = readConfigFile(text, relative('.', path), keys);
  const settings = reading.settings.map((setting) => {
    const isPath = keys.some((key) => key.path === setting.path && key.isPath === true);
    return isPath && typeof setting.value === 'string'
      ? { ...setting, value: resolve(dirname(path), setting.value) }
      : setting;
  });
  const problems = [...reading.problems];
  const data = settings.find((setting) => setting.path === 'data');
  if (data && options.file === undefined) {
    problems.push(
      `${data.where}: data: the file in the data folder cannot say where that folder is; use --data`,
    );
  }
  return { settings, problems, path };
}

/** Puts `{ 'mqtt.port': 1884 }` in its place: `{ mqtt: { port: 1884 } }`, however deep. */
function nest(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const top: Record<string, unknown> = {};
  const groups = new Map<string, Map<string, unknown>>();
  for (const [path, value] of values) {
    const [name = '', ...inner] = path.split('.');
    if (inner.length === 0) top[name] = value;
    else groups.set(name, (groups.get(name) ?? new Map()).set(inner.join('.'), value));
  }
  for (const [name, group] of groups) top[name] = nest(group);
  return top;
}

/** Keys of which one needs the other. */
function missingPartners(settings: ReadonlyMap<string, Setting>): string[] {
  const isOn = (path: string): boolean => settings.get(path)?.value === true;
  const pairs: [path: string, needs: string][] = [
    ['tls.cert', 'tls.key'],
    ['tls.key', 'tls.cert'],
    ['tls.ca', 'tls.cert'],
  ];
  const asks = ['tls.requestCertificate', 'tls.requireCertificate'].filter(isOn);
  if (settings.has('tls.cert')) for (const path of asks) pairs.push([path, 'tls.ca']);
  return pairs
    .filter(([path, needs]) => settings.has(path) && !settings.has(needs))
    .map(([path, needs]) => `${settings.get(path)?.where}: ${path}: goes only together with ${needs}`);
}

function originsOf(
  keys: readonly ConfigKey[],
  settings: ReadonlyMap<string, Setting>,
): Record<string, Origin> {
  return Object.fromEntries(keys.map(({ path }) => [path, settings.get(path)?.origin ?? 'default']));
}

function checkedValues(
  keys: readonly ConfigKey[],
  settings: ReadonlyMap<string, Setting>,
  problems: readonly string[],
): Config {
  const wrong = keys.flatMap((key) => {
    const setting = settings.get(key.path);
    return setting && !key.schema.safeParse(setting.value).success ? [wrongValue(key, setting)] : [];
  });
  if (settings.has('place.latitude') !== settings.has('place.longitude')) {
    const { where = '' } = settings.get('place.latitude') ?? settings.get('place.longitude') ?? {};
    wrong.push(`${where}: place: expected latitude and longitude together`);
  }
  const all = [...problems, ...wrong, ...missingPartners(settings)];
  const values = new Map([...settings].map(([path, { value }]) => [path, value]));
  if (all.length > 0) throw fail('bad-config', all.join('\n'), { details: { problems: all } });
  return complete(configSchema.parse(nest(values)), dataDirOf([...settings.values()]));
}

/** Throws `bad-config` with one line for each problem, or `config-missing`. */
export function loadConfig(options: LoadOptions = {}): LoadedConfig {
  const keys = configKeys();
  const flags = readFlags(options.flags ?? {}, keys);
  const environment = readEnvironment(options.environment ?? processEnvironment(), keys);
  const outer = [...environment.settings, ...flags.settings];
  const file = readFile(options, dataDirOf(outer), keys);
  const settings = new Map([...file.settings, ...outer].map((setting) => [setting.path, setting]));
  const problems = [...flags.problems, ...environment.problems, ...file.problems];
  const config = checkedValues(keys, settings, problems);
  return { config, origins: originsOf(keys, settings), file: file.path };
}
