// Which messages of the cloud are commands: not what we said ourselves, and not the same thing said twice.
import type { Clock } from '../../../src/base/index.ts';

/** The cloud brings back what was published to a bare topic within this time. */
const echoWithinMs = 10_000;
/** Speakers and apps are known to say a thing twice. */
const sameWithinMs = 1500;
/** Own messages of one topic that may be on their way. */
const mostEchoes = 100;

interface Said {
  readonly text: string;
  readonly at: number;
}

export type Judgement = 'command' | 'echo' | 'duplicate' | 'retained';

export interface CloudMessage {
  readonly topic: string;
  readonly text: string;
  readonly isRetained: boolean;
}

export class Incoming {
  readonly #clock: Clock;
  readonly #own = new Map<string, Said[]>();
  readonly #last = new Map<string, Said>();
  readonly #counts: Record<Judgement, number> = { command: 0, echo: 0, duplicate: 0, retained: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get counts(): Readonly<Record<Judgement, number>> {
    return this.#counts;
  }

  /** We published this to a bare topic; it will come back once. */
  published(topic: string, text: string): void {
    const own = this.#own.get(topic) ?? [];
    own.push({ text, at: this.#clock.monotonic() });
    if (own.length > mostEchoes) own.shift();
    this.#own.set(topic, own);
  }

  /** A retained one was said at another time, and would be done again at each new connection. */
  judge(message: CloudMessage): Judgement {
    const judgement = this.#judge(message);
    this.#counts[judgement] += 1;
    return judgement;
  }

  #judge({ topic, text, isRetained }: CloudMessage): Judgement {
    if (isRetained) return 'retained';
    const now = this.#clock.monotonic();
    if (this.#takeEcho(topic, text, now)) return 'echo';
    const last = this.#last.get(topic);
    const isSame = last?.text === text && now - last.at < sameWithinMs;
    if (!isSame) this.#last.set(topic, { text, at: now });
    return isSame ? 'duplicate' : 'command';
  }

  /** Each own message explains one that comes back; those before it were lost. */
  #takeEcho(topic: string, text: string, now: number): boolean {
    const own = this.#own.get(topic)?.filter(({ at }) => now - at < echoWithinMs) ?? [];
    const index = own.findIndex((said) => said.text === text);
    this.#own.set(topic, own.slice(index + 1));
    return index >= 0;
  }
}
