// What a service is: a schema of a channel's configuration and one way to try to send. It neither tries again nor
// hides secrets: its channel does.
import { z } from 'zod';
import type { Words } from '../../src/plugins/index.ts';
import { fail } from './errors.ts';
import type { Notice } from './notice.ts';

/** What one attempt may use. */
export interface Attempt {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Aborted when the attempt takes too long or the plugin stops; the reason is an Error. */
  readonly signal: AbortSignal;
}

export type Send = (notice: Notice, attempt: Attempt) => Promise<void>;

export interface Service {
  /** Also the key of its channels in the configuration. */
  readonly name: string;
  readonly doc: Words;
  /** Of one channel, beside its name. */
  readonly config: z.ZodObject;
  /** Of `data.NAME` in notifications; any object when absent. */
  readonly extra?: z.ZodType;
  open(config: unknown): Send;
}

export interface ServiceOptions<Config> {
  readonly name: string;
  readonly doc: Words;
  readonly config: z.ZodObject & z.ZodType<Config>;
  readonly extra?: z.ZodType;
  /** Resolves when the service has taken it; rejects with a SendFault, or with anything that means no connection. */
  send(config: Config, notice: Notice, attempt: Attempt): Promise<void>;
}

export function service<Config>({ send, ...rest }: ServiceOptions<Config>): Service {
  return {
    ...rest,
    open(given) {
      const parsed = rest.config.safeParse(given);
      if (!parsed.success) {
        const problems = parsed.error.issues.map(({ path, message }) =>
          `${path.join('.')} ${message}`.trim(),
        );
        throw fail('notify-config-invalid', `a channel of ${rest.name}: ${problems.join('; ')}`);
      }
      const config = parsed.data;
      return (notice, attempt) => send(config, notice, attempt);
    },
  };
}

/** Sealed when it is saved, and taken out of every error. */
export const secret = (): z.ZodString => z.string().min(1).meta({ format: 'secret' });

/** Where a service is; for self-hosted ones and for tests. It is shown to people, so no password may stand in it. */
export const address = (): z.ZodString =>
  z.string().regex(/^https?:\/\/[^\s?#@]+$/, { error: 'expected an address such as https://example.org' });

/** The whole address of a group robot, as its app shows it. */
export const webhook = () =>
  z
    .string()
    .regex(/^https?:\/\/\S+$/, { error: 'expected the whole address of the robot, https://…' })
    .meta({ format: 'secret' });

export interface FaultOptions {
  /** Whether it may go better at once. */
  readonly isPassing: boolean;
  /** How long the service asks to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** Why an attempt failed, in words for people. */
export class SendFault extends Error {
  readonly isPassing: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(words: string, { isPassing, retryAfterMs }: FaultOptions) {
    super(words);
    this.name = 'SendFault';
    this.isPassing = isPassing;
    this.retryAfterMs = retryAfterMs;
  }
}
