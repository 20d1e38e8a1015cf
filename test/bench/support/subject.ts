// Something that turns messages into messages, and one measurement of it: processor time beside the wall clock, so that
// a busy machine and a load generator that is the bottleneck can be seen.
import { median } from './figures.ts';
import type { BenchMessage } from './frames.ts';
import { type Latency, type LoadJob, runLoad } from './load.ts';
import { cpuOf } from './process-figures.ts';

export interface Subject {
  readonly name: string;
  readonly port: number;
  /** The first is the process whose main thread can be the bottleneck. */
  readonly pids: readonly number[];
  readonly messages: readonly BenchMessage[];
  /** What the subscriber of the load listens to: one message for each that is published. */
  readonly filter: string;
  stop(): Promise<void>;
}

export interface Measured {
  readonly perSecond: number;
  readonly missing: number;
  /** Processor time of all threads of all its processes for each message. */
  readonly cpuMicros: number;
  /** Share of the time in which the main thread of its first process ran. */
  readonly mainBusy: number;
  readonly latency?: Latency;
}

/** Publishes that may be under way when as many as possible are sent. */
const window = 4000;

function jobOf(subject: Subject, count: number): LoadJob {
  const { port, filter, messages } = subject;
  return { port, filter, messages, count, qos: 0, window, subscribers: 1 };
}

async function measure(subject: Subject, job: LoadJob): Promise<Measured> {
  const before = cpuOf(subject.pids);
  const { published, missing, seconds, latency } = await runLoad(job);
  const after = cpuOf(subject.pids);
  return {
    perSecond: published,
    missing,
    cpuMicros: ((after.allMs - before.allMs) * 1000) / job.count,
    mainBusy: (after.mainMs - before.mainMs) / 1000 / seconds,
    ...(latency !== undefined && { latency }),
  };
}

/** As many as it takes, never more than `window` under way. */
export const saturate = (subject: Subject, count: number): Promise<Measured> =>
  measure(subject, jobOf(subject, count));

/** Until the generator answers as fast as it can; a percent of a round is no more than a few dozen messages. */
const warmingSeconds = 0.5;

/** So many in a second, for latencies. */
export const pace = (subject: Subject, rate: number, seconds: number): Promise<Measured> =>
  measure(subject, {
    ...jobOf(subject, rate * (seconds + warmingSeconds)),
    rate,
    unsampled: rate * warmingSeconds,
  });

/** Messages until a process has compiled its hot functions and thrown away its first guesses; fewer mislead. */
const warmingMessages = { full: 60_000, quick: 20_000 };

/** How many messages it takes in about `seconds` when it is warm; warms it on the way. */
export async function countFor(subject: Subject, seconds: number, isQuick: boolean): Promise<number> {
  const warming = isQuick ? warmingMessages.quick : warmingMessages.full;
  await saturate(subject, warming);
  const { perSecond } = await saturate(subject, warming / 4);
  return Math.ceil(perSecond * seconds);
}

export type Rounds = ReadonlyMap<Subject, readonly Measured[]>;

/** Every subject in turn, round after round, so that a slow moment of the machine hits all; a failed one is left out. */
export async function interleave(
  subjects: readonly Subject[],
  rounds: number,
  take: (subject: Subject) => Promise<Measured | undefined>,
): Promise<Rounds> {
  const results = new Map<Subject, Measured[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    // The order turns, so that nobody always comes after the same neighbour.
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const subject of order) {
      const measured = await take(subject);
      if (measured !== undefined) results.get(subject)?.push(measured);
    }
  }
  return results;
}

export const middle = (measured: readonly Measured[] | undefined, of: (one: Measured) => number): number =>
  median((measured ?? []).map(of));
