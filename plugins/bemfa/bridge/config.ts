// The configuration of the bridge, as `plugin.json` describes it, and what is kept of offers that were made by hand.
import { z } from 'zod';

/** Where states go: `/up` only keeps them in the cloud, `/set` tells others who listen too. */
const state = z.enum(['up', 'set']);
export type StateEnding = z.output<typeof state>;

export const offered = z.object({
  device: z.string(),
  topic: z.string().optional(),
  name: z.string().optional(),
  state: state.optional(),
});
export type Offered = z.output<typeof offered>;

const mapped = z.object({
  topic: z.string(),
  name: z.string().optional(),
  command: z.string().optional(),
  report: z.string().optional(),
  payload: z.enum(['text', 'json']).default('text'),
  state: state.optional(),
});
export type Mapped = z.output<typeof mapped>;

const account = z.object({
  name: z
    .string()
    .regex(/^[^/+#$]+$/, { error: 'expected a name without / + # and $' })
    .default('bemfa'),
  key: z.string(),
  appId: z.string().optional(),
  appSecret: z.string().optional(),
  url: z.url({ protocol: /^(mqtts?|tcp)$/ }).default('mqtts://bemfa.com:9503'),
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  state: state.default('up'),
  devices: z.array(offered).default([]),
  topics: z.array(mapped).default([]),
  import: z.boolean().default(false),
  importEvery: z.number().min(1).default(30),
});
export type AccountConfig = z.output<typeof account>;

const config = z.object({ accounts: z.array(account) }).superRefine(({ accounts }, { addIssue }) => {
  accounts.forEach(({ name, key, url, appId }, at) => {
    const say = (message: string) => addIssue({ code: 'custom', path: ['accounts', at], message });
    const before = accounts.slice(0, at);
    if (before.some((other) => other.name === name)) say(`a second account is called "${name}"`);
    if (before.some((other) => other.key === key && other.url === url)) say('the same account again');
    if (url.startsWith('tcp:') && appId !== undefined) say('by TCP one can only log in with the key');
  });
});

/** Throws what is wrong and where, without a value of it. */
export function accountsOf(given: unknown): readonly AccountConfig[] {
  const { data, error } = config.safeParse(given);
  if (data !== undefined) return data.accounts;
  throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
