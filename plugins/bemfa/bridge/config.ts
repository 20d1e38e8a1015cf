// The configuration of the bridge, as `plugin.json` describes it.
import { z } from 'zod';

const offered = z.object({
  device: z.string(),
  topic: z.string().optional(),
  name: z.string().optional(),
});
export type Offered = z.output<typeof offered>;

const account = z.object({
  name: z.string().default('bemfa'),
  key: z.string(),
  appId: z.string().optional(),
  appSecret: z.string().optional(),
  url: z.string().default('mqtts://bemfa.com:9503'),
  apiUrl: z.string().default('https://pro.bemfa.com'),
  devices: z.array(offered),
});
export type AccountConfig = z.output<typeof account>;

const config = z.object({ accounts: z.array(account) });

export function accountsOf(given: unknown): readonly AccountConfig[] {
  return config.parse(given).accounts;
}
