// What a bridge is made from: the document as people write it, checked. Names follow mosquitto where it has them.
import { z } from 'zod';
import { parseDuration, topicFault } from '../base/index.ts';
import { parseAddress } from './address.ts';
import { fail } from './errors.ts';
import { parseTopicLine } from './topic-line.ts';

/** Identifiers of packets that messages may use; the rest is for subscriptions. */
export const mostQueued = 60_000;

function isDuration(text: string, least: number, most: number): boolean {
  try {
    const ms = parseDuration(text);
    return ms >= least && ms <= most;
  } catch {
    return false;
  }
}

const duration = (least: string, most: string) =>
  z.string().refine((text) => isDuration(text, parseDuration(least), parseDuration(most)), {
    error: `expected a duration from ${least} to ${most}`,
  });

const wait = duration('100ms', '1h');

const topicLine = z.string().superRefine((text, context) => {
  const line = parseTopicLine(text);
  if (typeof line === 'string') context.addIssue({ code: 'custom', message: line });
});

const address = z.string().refine((text) => parseAddress(text) !== undefined, {
  error: 'expected HOST, HOST:PORT or [IPV6]:PORT',
});

const name = z
  .string()
  .regex(/^[^\s\p{Cc}/+#$]{1,64}$/u, 'expected 1 to 64 characters without space, /, +, # or $');

const notificationTopic = z.string().refine((text) => topicFault(text) === undefined, {
  error: 'expected a topic without wildcards',
});

const tls = z.strictObject({
  /** PEM files. Without `ca`, the authorities that Node knows. */
  ca: z.string().min(1).exactOptional(),
  cert: z.string().min(1).exactOptional(),
  key: z.string().min(1).exactOptional(),
  /** The name in the certificate need not be that of the host. */
  insecure: z.boolean().default(false),
  alpn: z.string().min(1).exactOptional(),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
});

const queue = z.strictObject({
  messages: z.int().min(1).max(mostQueued).default(10_000),
  bytes: z
    .int()
    .min(1024)
    .max(2 ** 30)
    .default(16 * 2 ** 20),
});

const settings = z
  .strictObject({
    name,
    enabled: z.boolean().default(true),
    addresses: z.array(address).min(1).max(16),
    /** All addresses are equal; otherwise the first is the one to go back to. */
    roundRobin: z.boolean().default(false),
    topics: z.array(topicLine).min(1).max(200),
    /** `auto`: MQTT 5, and 3.1.1 where that is refused. */
    protocol: z.enum(['auto', 'mqttv50', 'mqttv311']).default('auto'),
    cleanSession: z.boolean().default(false),
    /** `NAME.HOSTNAME` when absent. */
    clientId: z.string().min(1).max(200).exactOptional(),
    username: z.string().min(1).exactOptional(),
    password: z.string().exactOptional(),
    /** Hears and brings only what this user of the house may; everything when absent. */
    localUser: z.string().min(1).exactOptional(),
    /** `lazy`: once `threshold` messages wait, until nothing was carried for `idleTimeout`. `once`: never again after it ended. */
    startType: z.enum(['automatic', 'lazy', 'once']).default('automatic'),
    threshold: z.int().min(1).max(mostQueued).default(10),
    idleTimeout: duration('1s', '1d').default('60s'),
    keepalive: duration('5s', '18h').default('60s'),
    notifications: z.boolean().default(true),
    notificationsLocalOnly: z.boolean().default(false),
    notificationTopic: notificationTopic.exactOptional(),
    restartTimeout: z.strictObject({ base: wait.default('5s'), cap: wait.default('30s') }).prefault({}),
    outgoingRetain: z.boolean().default(true),
    queue: queue.prefault({}),
    tls: tls.exactOptional(),
  })
  .refine(({ password, username }) => password === undefined || username !== undefined, {
    error: 'a password needs a username',
    path: ['username'],
  });

export type BridgeSettings = z.output<typeof settings>;
/** The document as people write it. */
export type BridgeDocument = z.input<typeof settings>;

/** Throws `bridge-invalid`; neither message nor details repeat a value that could be secret. */
export function parseSettings(document: unknown, where = 'bridge'): BridgeSettings {
  const parsed = settings.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    code: 'bridge-invalid',
    message,
    severity: 'error' as const,
  }));
  const [first] = problems;
  const at = first?.path === '' || first === undefined ? '' : ` ${first.path}:`;
  throw fail('bridge-invalid', `${where}:${at} ${first?.message ?? 'cannot be read'}`, {
    details: { problems },
    params: { why: first?.path.split('.')[0] ?? '' },
  });
}
