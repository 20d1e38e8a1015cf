// One channel: bounds how often it sends, tries again where that may help, and says what went wrong without its secrets.
import { type Clock, messageOf } from '../../src/base/index.ts';
import { CallLimit, type Notification, type Words } from '../../src/plugins/index.ts';
import { type ChannelConfig, secretsOf } from './config.ts';
import { cut } from './cut.ts';
import { fail } from './errors.ts';
import { type Notice, noticeReader } from './notice.ts';
import { redactor } from './redaction.ts';
import { type Send, SendFault } from './service.ts';
import { services } from './services/table.ts';

/** The house waits for 30 s. */
export const sendLimits = {
  attemptMs: 10_000,
  allMs: 28_000,
  pausesMs: [1000, 3000],
  perSecond: 1,
  burst: 10,
} as const;

const longestWords = 400;

export interface ChannelOptions {
  readonly channel: ChannelConfig;
  readonly clock: Clock;
  /** Of the plugin. */
  readonly signal: AbortSignal;
  /** Its state changed: why the last one failed, or undefined. */
  onState(fault: string | undefined): void;
}

/** A connection that fails is a TypeError whose cause knows more, or a list of causes. */
function wordsOf(error: unknown): string {
  if (error instanceof SendFault) return error.message;
  const cause = error instanceof Error ? error.cause : undefined;
  const causes = cause instanceof AggregateError ? cause.errors : cause === undefined ? [] : [cause];
  const words = [...new Set(causes.map(messageOf))].filter((one) => one !== '').join(', ');
  return words === '' ? messageOf(error) : `it cannot be reached: ${words}`;
}

function faultOf(error: unknown): SendFault {
  return error instanceof SendFault ? error : new SendFault(wordsOf(error), { isPassing: true });
}

export class Channel {
  readonly name: string;
  readonly doc: Words;
  readonly #options: ChannelOptions;
  readonly #send: Send;
  readonly #read: (notification: Notification) => Notice;
  readonly #redact: (words: string) => string;
  readonly #limit: CallLimit;
  #fault: string | undefined;

  constructor(options: ChannelOptions) {
    const { channel, clock } = options;
    const { perSecond, burst } = sendLimits;
    this.name = channel.name;
    this.doc = channel.service.doc;
    this.#options = options;
    this.#send = channel.service.open(channel.config);
    this.#redact = redactor(secretsOf(channel));
    this.#limit = new CallLimit(clock, { perSecond, burst, flood: Number.POSITIVE_INFINITY });
    this.#read = noticeReader(
      channel.service,
      services.map(({ name }) => name),
    );
  }

  /** Why the last one failed. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Resolves when the service has taken it. Throws HomeruleError. */
  async send(notification: Notification): Promise<void> {
    const notice = this.#read(notification);
    if (this.#limit.take() !== 'taken')
      throw fail(
        'notify-too-many',
        `${this.name} sends one a second and at most ${sendLimits.burst} at once: this one was not sent (${this.#limit.refused} so far)`,
      );
    try {
      await this.#deliver(notice);
    } catch (error) {
      // Cut last: half a secret would not be found.
      const words = cut(this.#redact(wordsOf(error)), { most: longestWords, of: 'units' });
      this.#tell(words);
      throw fail('notify-failed', `${this.name} (${this.#options.channel.service.name}): ${words}`);
    }
    this.#tell(undefined);
  }

  #tell(fault: string | undefined): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#options.onState(fault);
  }

  async #deliver(notice: Notice): Promise<void> {
    const { clock } = this.#options;
    const until = clock.monotonic() + sendLimits.allMs;
    for (let attempt = 0; ; attempt++) {
      try {
        const leftMs = until - clock.monotonic();
        return await this.#within(Math.min(sendLimits.attemptMs, leftMs), (signal) =>
          this.#send(notice, { now: clock.now(), signal }),
        );
      } catch (error) {
        const fault = faultOf(error);
        const usualMs = sendLimits.pausesMs[attempt];
        const pauseMs = fault.retryAfterMs ?? usualMs ?? 0;
        if (!fault.isPassing || this.#options.signal.aborted) throw fault;
        if (usualMs === undefined)
          throw new SendFault(`${fault.message} (tried ${attempt + 1} times)`, fault);
        if (clock.monotonic() + pauseMs >= until)
          throw new SendFault(`${fault.message} (it asks to wait ${Math.ceil(pauseMs / 1000)} s)`, fault);
        await this.#pause(pauseMs);
      }
    }
  }

  async #within(ms: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, signal } = this.#options;
    const patience = new AbortController();
    const undo = clock.after(ms, () =>
      patience.abort(new Error(`no answer within ${Math.round(ms / 1000)} s`)),
    );
    try {
      await run(AbortSignal.any([patience.signal, signal]));
    } finally {
      undo();
    }
  }

  #pause(ms: number): Promise<void> {
    const { clock, signal } = this.#options;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        undo();
        reject(new SendFault('the plugin was switched off', { isPassing: false }));
      };
      const undo = clock.after(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}
