// What a Tasmota device says of itself in `tasmota/discovery/MAC/config`: its short fields, read and checked.
import { z } from 'zod';

const configSchema = z.object({
  mac: z.string().min(1),
  /** Topic, and how topics are made of a prefix and it. */
  t: z.string().min(1),
  ft: z.string().includes('%topic%'),
  tp: z.tuple([z.string(), z.string(), z.string()]),
  dn: z.string().optional(),
  fn: z.array(z.string().nullable()).default([]),
  md: z.string().optional(),
  sw: z.string().optional(),
  onln: z.string().default('Online'),
  ofln: z.string().default('Offline'),
  /** Words for off, on, toggle and hold. */
  state: z.array(z.string()).default([]),
  /** Per output: 0 none, 1 relay, 2 light, 3 shutter. */
  rl: z.array(z.number()).default([]),
  /** Kind of the light: 0 none, 1 dimmer, 2 white of two temperatures, 3 RGB, 4 RGBW, 5 RGB and two whites. */
  lt_st: z.number().default(0),
  /** Per switch: below 0 none. */
  swc: z.array(z.number()).default([]),
  swn: z.array(z.string().nullable()).default([]),
  /** Per button: 1 when it tells of itself. */
  btn: z.array(z.number()).default([]),
  so: z.record(z.string(), z.number()).default({}),
});

export type TasmotaConfig = z.output<typeof configSchema>;

/** What was wrong, or the configuration. */
export function readConfig(
  value: unknown,
): TasmotaConfig | { readonly path: string; readonly wrong: string } {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { path: issue?.path.join('/') ?? '', wrong: issue?.message ?? 'no configuration' };
}

/** A topic of the device: prefix 0 commands, 1 answers, 2 telemetry. */
export function topicOf({ ft, t, tp }: TasmotaConfig, prefix: 0 | 1 | 2, name: string): string {
  return ft.replaceAll('%prefix%', tp[prefix]).replaceAll('%topic%', t) + name;
}
