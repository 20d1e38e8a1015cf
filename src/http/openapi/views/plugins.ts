// Plugins.
import { z } from 'zod';
import type { PluginActionView, PluginView } from '../../../api/index.ts';
import { count, list, text } from './shapes.ts';

const words = z.object({ en: text, zh: text });
const texts = z.array(text);

const pluginView = z.object({
  id: text,
  version: text,
  contract: count,
  name: words,
  description: words.exactOptional(),
  origin: z.enum(['shipped', 'installed']),
  isIsolated: z.boolean(),
  enabled: z.boolean(),
  state: z.enum(['off', 'starting', 'running', 'waiting', 'failed']),
  reason: text,
  health: z.enum(['ok', 'degraded', 'failing']),
  words: text,
  permissions: z.object({
    publish: texts.exactOptional(),
    subscribe: texts.exactOptional(),
    devices: z.array(z.enum(['read', 'set', 'describe'])).exactOptional(),
    secrets: texts.exactOptional(),
    http: z.boolean().exactOptional(),
  }),
  schema: z.record(text, z.unknown()),
  config: z.record(text, z.unknown()),
  actions: texts,
  channels: texts,
  routes: texts,
  figures: z.object({ calls: count, refused: count, dropped: count, errors: count, crashes: count }),
}) satisfies z.ZodType<PluginView>;

const pluginActionView = z.object({ result: z.unknown() }) satisfies z.ZodType<PluginActionView>;

export const pluginsViews = {
  PluginActionView: pluginActionView,
  PluginView: pluginView,
  PluginList: list(pluginView),
  ChannelList: list(text),
} as const;
