// The environment as a source of settings: HOMERULE_MQTT__PORT=1884. The only file that reads process.env.
import { nearest } from '../base/index.ts';
import type { ConfigKey } from './keys.ts';
import { fromText, type Reading, type Setting } from './setting.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'HOMERULE_';

/** Variables with our prefix that are no keys: this one is for the tests. */
const reserved: ReadonlySet<string> = new Set(['HOMERULE_REQUIRE_PEERS']);

export function processEnvironment(): Environment {
  return process.env;
}

/** camelCase keys are met in any case, with or without single underscores between their words. */
function plain(variable: string): string {
  return variable
    .slice(prefix.length)
    .split('__')
    .map((part) => part.replaceAll('_', '').toLowerCase())
    .join('.');
}

export function readEnvironment(environment: Environment, keys: readonly ConfigKey[]): Reading {
  const settings: Setting[] = [];
  const problems: string[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || reserved.has(variable) || text === undefined) continue;
    const key = keys.find(({ path }) => path.toLowerCase() === plain(variable));
    if (key === undefined) {
      const meant = nearest(
        plain(variable),
        keys.map(({ path }) => path),
      );
      const { variable: name } = keys.find(({ path }) => path === meant) ?? {};
      problems.push(`${variable}: unknown key${name === undefined ? '' : ` (did you mean ${name}?)`}`);
    } else {
      settings.push({
        path: key.path,
        value: fromText(key, text),
        origin: 'environment',
        where: variable,
      });
    }
  }
  return { settings, problems };
}
