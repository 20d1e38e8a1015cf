// Compares what timers promised with what they said: none lost, none early, none twice in silence, policies obeyed.
import type { Receipt } from './subscriber.ts';
import type { Timer } from './timer-armer.ts';
import { type TimerKind, timerKinds, withinMs } from './timer-kinds.ts';

/** From the start of a process to its readiness to its death. */
export interface Life {
  readonly spawnedAt: number;
  readonly readyAt: number;
  killedAt: number;
}

export interface TimerFigures {
  armed: number;
  said: number;
  lost: number;
  early: number;
  /** Came again and did not say so. */
  doubled: number;
  marked: number;
  /** Let go by their policy. */
  letGo: number;
  disobeyed: number;
}

export const noTimerFigures = (): TimerFigures => ({
  armed: 0,
  said: 0,
  lost: 0,
  early: 0,
  doubled: 0,
  marked: 0,
  letGo: 0,
  disobeyed: 0,
});

/** Two processes read the clock. */
const clockMs = 50;
/** What a busy machine may need for what is due. */
const lagMs = 3000;
/** What came due while the house was down waits so long for devices to come back. */
export const graceMs = 1500;

export interface Evidence {
  readonly timers: readonly Timer[];
  readonly receipts: readonly Receipt[];
  readonly lives: readonly Life[];
  /** When the gate of `closed` was known to be shut. */
  readonly closedAt: number;
}

interface Said {
  readonly fired: readonly Receipt[];
  readonly end: Receipt | undefined;
}

export class TimerVerdict {
  readonly figures = noTimerFigures();
  readonly faults: string[] = [];
  readonly lost: Timer[] = [];
  readonly #evidence: Evidence;
  readonly #said: ReadonlyMap<string, readonly Receipt[]>;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#said = Map.groupBy(evidence.receipts, ({ publisher, seq }) => `${publisher} ${seq}`);
    this.#repeats();
    for (const timer of evidence.timers) {
      const kind = timerKinds.find(({ name }) => name === timer.kind);
      if (kind !== undefined) this.#timer(kind, timer);
    }
  }

  #blame(what: 'lost' | 'early' | 'doubled' | 'disobeyed', about: string): void {
    this.figures[what]++;
    this.faults.push(`${what}: ${about}`);
  }

  #lose(timer: Timer, about: string): void {
    this.lost.push(timer);
    this.#blame('lost', about);
  }

  #repeats(): void {
    for (const [about, receipts] of this.#said) {
      this.figures.said += receipts.length;
      this.figures.marked += receipts.filter(({ isMarked }) => isMarked).length;
      if (receipts.filter(({ isMarked }) => !isMarked).length > 1) this.#blame('doubled', about);
    }
  }

  #timer(kind: TimerKind, timer: Timer): void {
    const { sentAt, ackedAt, n, ms } = timer;
    const heard = (part: number | string): readonly Receipt[] =>
      this.#said.get(`${kind.name}.${part} ${n}`) ?? [];
    const said: Said = { fired: heard(kind.shares.length), end: heard('end')[0] };
    for (const [index, share] of kind.shares.entries()) {
      const first = heard(index + 1)[0];
      if (first !== undefined && sentAt !== undefined && first.at < sentAt + ms * share - clockMs)
        this.#blame('early', `${kind.name} ${n}.${index + 1} by ${sentAt + ms * share - first.at} ms`);
    }
    if (sentAt === undefined || ackedAt === undefined) return;
    this.figures.armed++;
    const about = `${kind.name} ${n}, due ${sentAt + ms}`;
    if (kind.waits === 'run' && said.end === undefined) return this.#lose(timer, about);
    if (kind.policy === 'fire') {
      if (kind.shares.some((_, index) => heard(index + 1).length === 0)) this.#lose(timer, about);
    } else this.#obeyed(kind, { from: sentAt + ms, to: ackedAt + ms }, { timer, said, about });
  }

  /** A timer that may be let go: was it, with reason, and did it fire only when it was allowed to? */
  #obeyed(
    { policy }: TimerKind,
    due: { readonly from: number; readonly to: number },
    { timer, said, about }: { readonly timer: Timer; readonly said: Said; readonly about: string },
  ): void {
    const hasFired = said.fired.length > 0;
    if (!hasFired) this.figures.letGo++;
    const next = this.#outage(due);
    if (hasFired) {
      if (next !== undefined && this.#mustLetGo(policy, due.to, next))
        this.#blame('disobeyed', `${about} fired`);
    } else if (!this.#isNearOutage(due)) this.#lose(timer, about);
    else if (policy === 'within' && (said.end?.at ?? Number.POSITIVE_INFINITY) - due.from < withinMs)
      this.#blame('disobeyed', `${about} was let go in time`);
  }

  #mustLetGo(policy: TimerKind['policy'], due: number, next: Life): boolean {
    if (policy === 'closed') return this.#evidence.closedAt < next.spawnedAt;
    if (policy !== 'within') return true;
    const acting = this.#evidence.lives.find(
      (life) => life.spawnedAt >= next.spawnedAt && life.killedAt - life.spawnedAt > graceMs,
    );
    return acting !== undefined && acting.spawnedAt + graceMs - due > withinMs;
  }

  /** The life after the outage in which it came due for certain. */
  #outage({ from, to }: { readonly from: number; readonly to: number }): Life | undefined {
    const { lives } = this.#evidence;
    return lives.find(
      ({ spawnedAt }, index) =>
        from - clockMs > (lives[index - 1]?.killedAt ?? Number.POSITIVE_INFINITY) && to + clockMs < spawnedAt,
    );
  }

  #isNearOutage({ from, to }: { readonly from: number; readonly to: number }): boolean {
    const { lives } = this.#evidence;
    return lives.some(({ readyAt }, index) => {
      const killedAt = lives[index - 1]?.killedAt ?? Number.POSITIVE_INFINITY;
      return to + lagMs > killedAt && from < readyAt + graceMs;
    });
  }
}
