// Fills the past in from the journal at the start, so that a restart is not the beginning of every window.
import type { Timestamp } from '../../base/index.ts';
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

export interface JournalSource {
  /** The last `limit` entries of a time, before number `after` if given; oldest first. */
  read(query: {
    readonly from: Timestamp;
    readonly to: Timestamp;
    readonly limit: number;
    readonly newest: true;
    readonly after?: number;
  }): Promise<{
    readonly inputs: readonly JournalEntry[];
    readonly gaps: readonly { readonly from: Timestamp; readonly to: Timestamp }[];
    readonly hasMore: boolean;
  }>;
}

export interface RecallHouse {
  readonly past: Past;
  readonly journal: JournalSource;
  readonly now: Timestamp;
  find(topic: string): TopicState | undefined;
}

const pageSize = 20_000;
/** More would hold up the start; what lies farther back is then not known. */
const mostEntries = 200_000;

type Event =
  | { readonly at: Timestamp; readonly topic: string; readonly payload: Uint8Array }
  | { readonly at: Timestamp; readonly isPause: boolean };

interface Recalled {
  readonly events: readonly Event[];
  /** From here on nothing is left out but what the gaps say. */
  readonly from: Timestamp;
}

function isMessage(entry: JournalEntry): entry is Extract<JournalEntry, { kind: 'message' }> {
  return entry.kind === 'message' && 'payload' in entry;
}

/** Messages of the topics asked about, and when nobody listened. */
function eventsOf(entries: readonly JournalEntry[], topics: ReadonlySet<string>): Event[] {
  const events: Event[] = [];
  for (const [index, entry] of entries.entries()) {
    const { at } = entry;
    if (isMessage(entry) && topics.has(entry.topic))
      events.push({ at, topic: entry.topic, payload: entry.payload });
    if (entry.kind !== 'startup') continue;
    const before = entries[index - 1];
    if (before !== undefined) events.push({ at: before.at, isPause: true });
    events.push({ at, isPause: false });
  }
  return events;
}

async function readEvents(house: RecallHouse, from: Timestamp): Promise<Recalled> {
  const { journal, now, past } = house;
  const topics = new Set([...past.series()].map(([topic]) => topic));
  const entries: JournalEntry[] = [];
  let gaps: readonly { readonly from: Timestamp; readonly to: Timestamp }[] = [];
  let hasMore = true;
  while (hasMore && entries.length < mostEntries) {
    const after = entries[0]?.seq;
    const query = { from, to: now, limit: pageSize, newest: true } as const;
    const page = await journal.read(after === undefined ? query : { ...query, after });
    entries.unshift(...page.inputs);
    gaps = page.gaps;
    hasMore = page.hasMore && page.inputs.length > 0;
  }
  const last = entries.at(-1);
  const events = [
    ...eventsOf(entries, topics),
    ...gaps.map((gap): Event => ({ at: gap.from, isPause: true })),
    ...(last === undefined ? [] : [{ at: last.at, isPause: true }]),
  ];
  return { events: events.sort((a, b) => a.at - b.at), from: hasMore ? (entries[0]?.at ?? now) : from };
}

/** What a topic is now it has been since its last change, when the journal tells of no message since. */
function begin(series: Series, state: TopicState | undefined, from: Timestamp): void {
  if (state !== undefined && state.at <= from)
    series.stand(state.payload.value, Math.max(state.changedAt, from));
}

function tell(past: Past, event: Event): void {
  if ('topic' in event) return past.hear(event.topic, new Payload(event.payload), event.at);
  for (const [, series] of past.series()) {
    if (event.isPause) series.pause(event.at);
    else series.resume(event.at);
  }
}

/** Before any new message; the states are those that the last process left. */
export async function recallPast(house: RecallHouse): Promise<void> {
  const { past, now } = house;
  if (past.size === 0) return;
  const longest = Math.max(...[...past.series()].map(([, { keepMs }]) => keepMs));
  const { events, from } = await readEvents(house, now - longest);
  for (const [topic, series] of past.series()) {
    series.clear();
    begin(series, house.find(topic), from);
  }
  for (const event of events) tell(past, event);
  for (const [topic, series] of past.series()) {
    const state = house.find(topic);
    if (state !== undefined) series.stand(state.payload.value, now);
  }
}
