// Fills the past in at the start, so that a restart is not the beginning of every window: from the journal as far back as
// it is quickly read, and beyond from the history of each series.
import type { Clock, Timestamp } from '../../base/index.ts';
import { Payload } from '../payload.ts';
import type { TopicState } from '../topic-state.ts';
import type { Past, WantedPast } from './past.ts';
import type { PastEvent, Series } from './series.ts';

/** What the journal holds of an input, as far as it matters here. */
export type JournalEntry =
  | {
      readonly kind: 'message';
      readonly seq: number;
      readonly at: Timestamp;
      readonly topic: string;
      readonly payload: Uint8Array;
    }
  | { readonly kind: string; readonly seq: number; readonly at: Timestamp };

interface Stretch {
  readonly from: Timestamp;
  readonly to: Timestamp;
}

export interface JournalSource {
  /** The last `limit` messages of some topics in a time, before number `after` if given; oldest first. */
  read(query: {
    readonly from: Timestamp;
    readonly to: Timestamp;
    readonly topics: readonly string[];
    readonly limit: number;
    readonly newest: true;
    readonly after?: number;
    /** Answers with what was found after so long. */
    readonly patienceMs: number;
  }): Promise<{
    readonly inputs: readonly JournalEntry[];
    readonly gaps: readonly (Stretch & { readonly reason?: string })[];
    /** When the house was stopped. */
    readonly pauses: readonly Stretch[];
    /** Where to go on; undefined at the end. */
    readonly next: number | undefined;
    /** Of what came later nothing is left out. */
    readonly reached: Timestamp;
  }>;
}

export interface HistorySource {
  /** Numbers and states that were said, oldest first; undefined when there never were any. */
  samples(
    range: Stretch & { readonly topic: string; readonly path: string },
  ): Promise<AsyncIterable<readonly { readonly at: Timestamp; readonly value: unknown }[]> | undefined>;
}

interface Sources {
  readonly journal: JournalSource;
  readonly history: HistorySource;
  readonly clock: Clock;
}

export interface RecallHouse extends Sources {
  readonly past: Past;
  find(topic: string): TopicState | undefined;
}

/** What is known of what somebody wants to know; the journal tells of it from `from` on, the history of the rest. */
export interface Recollection extends WantedPast {
  readonly from: Timestamp;
  /** Oldest first; undefined: nothing could be read. */
  readonly told: readonly PastEvent[] | undefined;
}

const pageSize = 20_000;
/** More, or longer, would hold up the start; what lies farther back is taken from the history. */
const mostEntries = 200_000;
const patienceMs = 2000;
/** So far before the time that is asked about the value is looked for that stood at its beginning. */
const standingMs = 86_400_000;

interface Recalled {
  /** Of each topic, oldest first. */
  readonly messages: ReadonlyMap<string, readonly PastEvent[]>;
  readonly pauses: readonly PastEvent[];
  /** From here on nothing is left out but what the pauses say. */
  readonly from: Timestamp;
}

function isMessage(entry: JournalEntry): entry is Extract<JournalEntry, { kind: 'message' }> {
  return entry.kind === 'message' && 'payload' in entry;
}

/** A house that listens again has missed nothing of what stands; after other gaps only a message tells. */
function pausesOf(
  gaps: readonly (Stretch & { readonly reason?: string })[],
  stops: readonly Stretch[],
): PastEvent[] {
  const ends = gaps.filter(({ reason }) => reason === 'unclean-stop');
  return [
    ...[...gaps, ...stops].map(({ from }): PastEvent => ({ at: from, isPause: true })),
    ...[...ends, ...stops].map(({ to }): PastEvent => ({ at: to, isPause: false })),
  ];
}

function byTopic(entries: readonly JournalEntry[]): Map<string, PastEvent[]> {
  const topics = new Map<string, PastEvent[]>();
  for (const entry of entries) {
    if (!isMessage(entry)) continue;
    const events = topics.get(entry.topic) ?? [];
    events.push({ at: entry.at, payload: new Payload(entry.payload) });
    topics.set(entry.topic, events);
  }
  return topics;
}

/** With `after` what came before that number. */
type Range = Pick<Parameters<JournalSource['read']>[0], 'from' | 'topics' | 'after'>;

async function readJournal({ journal, clock }: Sources, range: Range): Promise<Recalled> {
  const { from } = range;
  const start = clock.monotonic();
  const left = (): number => patienceMs - (clock.monotonic() - start);
  const query = { ...range, to: clock.now(), limit: pageSize, newest: true } as const;
  let page = await journal.read({ ...query, patienceMs });
  let entries = page.inputs;
  while (page.next !== undefined && entries.length < mostEntries && left() > 0) {
    page = await journal.read({ ...query, after: page.next, patienceMs: left() });
    entries = [...page.inputs, ...entries];
  }
  // Of the millisecond that was reached there may be more.
  const reached = page.next === undefined ? from : page.reached + 1;
  const whole = entries.filter(({ at }) => at >= reached);
  return { messages: byTopic(whole), pauses: pausesOf(page.gaps, page.pauses), from: reached };
}

/** What the history knows of the time before the journal. */
async function readHistory(
  { history, clock }: Sources,
  { topic, path, keepMs }: Omit<WantedPast, 'before'>,
  until: Timestamp,
): Promise<PastEvent[]> {
  const from = clock.now() - keepMs;
  if (from >= until) return [];
  const range = { topic, path, from: from - standingMs, to: until - 1 };
  const events: PastEvent[] = [];
  for await (const page of (await history.samples(range)) ?? []) events.push(...page);
  return events;
}

/** What a topic is now it has been since its last change, when nothing tells of a message since. */
function begin(series: Series, state: TopicState | undefined, since: Timestamp): void {
  if (state !== undefined) series.stand(state.payload.value, Math.max(state.changedAt, since));
}

/** Before any new message; the states are those that the last process left. */
export async function recallPast(house: RecallHouse): Promise<void> {
  const { past, clock } = house;
  if (past.size === 0) return;
  const now = clock.now();
  const longest = Math.max(...[...past.series()].map(([, { keepMs }]) => keepMs));
  const topics = [...new Set([...past.series()].map(([topic]) => topic))];
  const { messages, pauses, from } = await readJournal(house, { from: now - longest, topics });
  for (const [topic, series] of [...past.series()]) {
    const { path, keepMs } = series;
    const older = await readHistory(house, { topic, path, keepMs }, from);
    const state = house.find(topic);
    series.clear();
    series.recalledMs = keepMs;
    const told = [...older, ...(messages.get(topic) ?? [])];
    if (told.length === 0 && state !== undefined && state.at <= from)
      begin(series, state, now - series.keepMs);
    for (const event of [...told, ...pauses].sort((a, b) => a.at - b.at)) series.tell(event);
    if (state !== undefined) series.stand(state.payload.value, now);
  }
  while (past.isWanting) past.takeWanted();
}

/** What each of them did before it was wanted; all of them since the same input. */
export async function recollect(
  sources: Sources,
  wanted: readonly WantedPast[],
): Promise<readonly Recollection[]> {
  const [first] = wanted;
  if (first === undefined) return [];
  const longest = Math.max(...wanted.map(({ keepMs }) => keepMs));
  const topics = [...new Set(wanted.map(({ topic }) => topic))];
  const range = { from: sources.clock.now() - longest, topics, after: first.before };
  const { messages, pauses, from } = await readJournal(sources, range);
  const found: Recollection[] = [];
  for (const one of wanted) {
    const older = await readHistory(sources, one, from);
    const told = [...older, ...(messages.get(one.topic) ?? [])];
    found.push({ ...one, from, told: [...told, ...pauses].sort((a, b) => a.at - b.at) });
  }
  return found;
}
