// Fills the past in at the start, so that a restart is not the beginning of every window: from the journal as far back as
// it is quickly read, and beyond from the history of each series.
import type { Clock, Timestamp } from '../../base/index.ts';
import { Payload } from '../payload.ts';
import type { TopicState } from '../topic-state.ts';
import type { Past } from './past.ts';
import type { Series } from './series.ts';

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

export interface RecallHouse {
  readonly past: Past;
  readonly journal: JournalSource;
  readonly history: HistorySource;
  readonly clock: Clock;
  find(topic: string): TopicState | undefined;
}

const pageSize = 20_000;
/** More, or longer, would hold up the start; what lies farther back is taken from the history. */
const mostEntries = 200_000;
const patienceMs = 2000;
/** So far before the time that is asked about the value is looked for that stood at its beginning. */
const standingMs = 86_400_000;

type Event =
  | { readonly at: Timestamp; readonly payload: Payload }
  | { readonly at: Timestamp; readonly value: unknown }
  | { readonly at: Timestamp; readonly isPause: boolean };

interface Recalled {
  /** Of each topic, oldest first. */
  readonly messages: ReadonlyMap<string, readonly Event[]>;
  readonly pauses: readonly Event[];
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
): Event[] {
  const ends = gaps.filter(({ reason }) => reason === 'unclean-stop');
  return [
    ...[...gaps, ...stops].map(({ from }): Event => ({ at: from, isPause: true })),
    ...[...ends, ...stops].map(({ to }): Event => ({ at: to, isPause: false })),
  ];
}

function byTopic(entries: readonly JournalEntry[]): Map<string, Event[]> {
  const topics = new Map<string, Event[]>();
  for (const entry of entries) {
    if (!isMessage(entry)) continue;
    const events = topics.get(entry.topic) ?? [];
    events.push({ at: entry.at, payload: new Payload(entry.payload) });
    topics.set(entry.topic, events);
  }
  return topics;
}

async function readJournal({ journal, past, clock }: RecallHouse, from: Timestamp): Promise<Recalled> {
  const topics = [...new Set([...past.series()].map(([topic]) => topic))];
  const start = clock.monotonic();
  const left = (): number => patienceMs - (clock.monotonic() - start);
  const query = { from, to: clock.now(), topics, limit: pageSize, newest: true } as const;
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
  { history, clock }: RecallHouse,
  [topic, series]: readonly [string, Series],
  until: Timestamp,
): Promise<Event[]> {
  const from = clock.now() - series.keepMs;
  if (from >= until) return [];
  const range = { topic, path: series.path, from: from - standingMs, to: until - 1 };
  const events: Event[] = [];
  for await (const page of (await history.samples(range)) ?? []) events.push(...page);
  return events;
}

function tell(series: Series, event: Event): void {
  if ('payload' in event) series.hear(event.payload.value, event.at);
  else if ('value' in event && event.value === undefined) series.pause(event.at);
  else if ('value' in event) series.hearValue(event.value, event.at);
  else if (event.isPause) series.pause(event.at);
  else series.resume(event.at);
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
  const { messages, pauses, from } = await readJournal(house, now - longest);
  for (const entry of [...past.series()]) {
    const [topic, series] = entry;
    const older = await readHistory(house, entry, from);
    const state = house.find(topic);
    series.clear();
    const told = [...older, ...(messages.get(topic) ?? [])];
    if (told.length === 0 && state !== undefined && state.at <= from)
      begin(series, state, now - series.keepMs);
    for (const event of [...told, ...pauses].sort((a, b) => a.at - b.at)) tell(series, event);
    if (state !== undefined) series.stand(state.payload.value, now);
  }
}
