// The configuration of plugins: checked against their schema, with secrets sealed apart and named in their place by
// `{ "$secret": NAME }`.
import type { Ids } from '../base/index.ts';
import type { PluginManifest } from './contract.ts';
import { fail } from './errors.ts';
import { checkOf } from './json-schema.ts';
import type { PluginSecrets } from './ports.ts';

export type Config = Readonly<Record<string, unknown>>;

interface SecretMark {
  readonly $secret: string;
}

function isSecretMark(value: unknown): value is SecretMark {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, '$secret') === 'string';
}

function fieldOf(schema: unknown, key: string): unknown {
  return typeof schema === 'object' && schema !== null ? Reflect.get(schema, key) : undefined;
}

function schemaAt(schema: unknown, key: string): unknown {
  return fieldOf(fieldOf(schema, 'properties'), key) ?? fieldOf(schema, 'additionalProperties');
}

/** A copy in which every string that the schema calls secret, and every mark, went through `change`. */
function mapSecrets(
  value: unknown,
  schema: unknown,
  change: (value: string | SecretMark) => unknown,
): unknown {
  if (isSecretMark(value)) return change(value);
  if (typeof value === 'string') return fieldOf(schema, 'format') === 'secret' ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => mapSecrets(item, fieldOf(schema, 'items'), change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapSecrets(item, schemaAt(schema, key), change)]),
  );
}

function secretsIn(config: Config): Set<string> {
  const names = new Set<string>();
  mapSecrets(config, undefined, (value) => {
    if (isSecretMark(value)) names.add(value.$secret);
    return value;
  });
  return names;
}

export class Configs {
  readonly #secrets: PluginSecrets;
  readonly #ids: Ids;

  constructor(secrets: PluginSecrets, ids: Ids) {
    this.#secrets = secrets;
    this.#ids = ids;
  }

  /** With defaults and secrets, as the plugin gets it. Throws `plugin-config-invalid`. */
  open({ id, config: schema }: PluginManifest, config: Config): Config {
    const filled = mapSecrets(config, schema, (value) => {
      if (!isSecretMark(value)) return value;
      const text = this.#secrets.value(value.$secret);
      if (text === undefined)
        throw fail('plugin-config-invalid', `there is no secret "${value.$secret}"`, {
          params: { why: 'secret', name: value.$secret },
        });
      return text;
    });
    const checked = checkOf(schema, `config of ${id}`)(filled);
    if (checked.ok) return checked.value;
    const { problems } = checked;
    throw fail('plugin-config-invalid', `the configuration of "${id}": ${problems.join('; ')}`, {
      details: { problems },
      params: { why: 'at', at: checked.at },
    });
  }

  /** Secrets that were written out are put away, with a mark in their place. */
  async seal({ id, config: schema }: PluginManifest, config: Config): Promise<Config> {
    const puts: Promise<void>[] = [];
    const sealed = mapSecrets(config, schema, (value) => {
      if (isSecretMark(value)) return value;
      const name = `plugin.${id}.${this.#ids.next()}`;
      puts.push(this.#secrets.put(name, value));
      return { $secret: name };
    });
    await Promise.all(puts);
    return sealed as Config;
  }

  /** Deletes those of a plugin's own secrets that its configuration names no longer. */
  forget(before: Config, after: Config): void {
    const kept = secretsIn(after);
    for (const name of secretsIn(before))
      if (name.startsWith('plugin.') && !kept.has(name)) this.#secrets.delete(name);
  }
}
