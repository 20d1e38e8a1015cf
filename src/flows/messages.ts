// What the house and the process of Node-RED say to each other: supervision only, all else goes over the socket.
import { z } from 'zod';

/** What Node-RED is started with. Through the channel of the child process, so that no flow finds it in its environment. */
export interface RunnerOrder {
  readonly userDir: string;
  /** Where it listens. */
  readonly socket: string;
  /** Of the house's own nodes. */
  readonly nodesDir: string;
  /** Without running the flows. */
  readonly isSafe: boolean;
  /** Of the header that says who asks. */
  readonly key: string;
  readonly credentialSecret: string;
  readonly mayInstall: boolean;
  /** How long the synchronous part of a function node may take. */
  readonly functionSeconds: number;
  /** For the house's own nodes. */
  readonly house: { readonly url: string; readonly token: string };
}

export type Command =
  | { readonly do: 'start'; readonly order: RunnerOrder }
  | { readonly do: 'ping' }
  | { readonly do: 'stop' };

export const told = z.discriminatedUnion('tell', [
  /** It listens; its flows start, unless they are not to. */
  z.object({ tell: z.literal('ready') }),
  z.object({ tell: z.literal('pong'), rss: z.number() }),
  /** Flows run, after a start or a deploy. */
  z.object({ tell: z.literal('started') }),
  z.object({ tell: z.literal('deployed') }),
  z.object({
    tell: z.literal('log'),
    level: z.number(),
    text: z.string(),
    /** `type:name` of the node that says it. */
    node: z.string().optional(),
  }),
  z.object({
    tell: z.literal('audit'),
    event: z.string(),
    by: z.string(),
    path: z.string(),
    /** Of a deploy; `start` or `stop` of all flows. */
    type: z.string(),
    isRefused: z.boolean(),
  }),
  /** It ends because something in it threw outside of any call. */
  z.object({ tell: z.literal('fatal'), message: z.string() }),
]);
export type Told = z.infer<typeof told>;
export type AuditTold = Extract<Told, { tell: 'audit' }>;
export type LogTold = Extract<Told, { tell: 'log' }>;
