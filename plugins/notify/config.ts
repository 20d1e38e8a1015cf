// The configuration: for each service a list of channels, so that a mistake is told with its place and its field.
import { z } from 'zod';
import { fail } from './errors.ts';
import type { Service } from './service.ts';
import { services } from './services/table.ts';

const mostChannels = 10;

const channelName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'expected lower-case letters, digits and -' })
  .meta({
    title: 'Name',
    description: 'What rules call it: notify: NAME',
    zh: { title: '名称', description: '规则里用的名字：notify: 名称' },
  });

export interface ChannelConfig {
  readonly name: string;
  readonly service: Service;
  /** Of the service, checked by the house. */
  readonly config: Readonly<Record<string, unknown>>;
}

function channelsOf(service: Service) {
  return z
    .array(z.strictObject({ name: channelName, ...service.config.shape }))
    .max(mostChannels)
    .meta({ title: service.doc.en, zh: { title: service.doc.zh } })
    .optional();
}

/** JSON Schema, for `plugin.json`. */
export function configSchema(): Record<string, unknown> {
  const all = z.strictObject(Object.fromEntries(services.map((one) => [one.name, channelsOf(one)])));
  const { $schema: _, ...schema } = z.toJSONSchema(all, { io: 'input' });
  return schema;
}

const given = z.record(z.string(), z.array(z.looseObject({ name: z.string() })));

/** Throws `notify-config-invalid`. */
export function readChannels(config: unknown): readonly ChannelConfig[] {
  const sections = given.parse(config);
  const channels = services.flatMap((service) =>
    (sections[service.name] ?? []).map(({ name, ...rest }) => ({ name, service, config: rest })),
  );
  const names = channels.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw fail(
      'notify-config-invalid',
      `two channels are called "${twice}": rules could not tell them apart`,
    );
  return channels;
}

/** Values of the fields that the service's schema calls secret. */
export function secretsOf({ service, config }: ChannelConfig): readonly string[] {
  const { properties = {} } = z.toJSONSchema(service.config, { io: 'input' });
  return Object.entries(properties).flatMap(([key, schema]) => {
    const value = config[key];
    const isSecret = typeof schema === 'object' && schema.format === 'secret';
    return isSecret && typeof value === 'string' ? [value] : [];
  });
}
