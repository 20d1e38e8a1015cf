// Which message made a value what it was at an instant: the first of those that say the same, looked for backwards.
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timestamp } from '../../base/index.ts';
import type { ValuePath } from '../../devices/index.ts';
import type { Input, MessageInput } from '../../rules/index.ts';
import type { HistoryGap, JournalPort } from '../ports.ts';

export interface SearchedValue {
  readonly topics: readonly string[];
  /** Where it is in the JSON of a topic, if that was asked. */
  readonly path?: ValuePath;
  /** Undefined: the message says nothing of it. */
  read(message: MessageInput): unknown;
}

export interface FoundValue {
  readonly message: MessageInput;
  readonly value: unknown;
  /** False: it may have been so before. */
  readonly isFirst: boolean;
}

export interface SearchHouse {
  readonly journal: JournalPort;
  readonly clock: Clock;
}

const pageSize = 500;
const mostMessages = 10_000;
const patienceMs = 3000;

/** The latest message with the value, and the gaps behind it; undefined: the journal knows of none. */
export async function searchValue(
  { journal, clock }: SearchHouse,
  wanted: SearchedValue,
  at: Timestamp,
): Promise<{ readonly found: FoundValue | undefined; readonly gaps: readonly HistoryGap[] }> {
  const start = clock.monotonic();
  const query = { from: 0, to: at, topics: wanted.topics, limit: pageSize, newest: true };
  let found: FoundValue | undefined;
  let gaps: readonly HistoryGap[] = [];
  let seen = 0;
  let after: number | undefined;
  do {
    const left = Math.max(1, patienceMs - (clock.monotonic() - start));
    const page = await journal.read({ ...query, patienceMs: left, ...(after !== undefined && { after }) });
    gaps = page.gaps;
    for (const input of page.inputs.toReversed()) {
      const value = input.kind === 'message' ? wanted.read(input) : undefined;
      if (input.kind !== 'message' || value === undefined) continue;
      if (found !== undefined && !isDeepStrictEqual(found.value, value))
        return { found: { ...found, isFirst: true }, gaps: gaps.filter(since(found.message.at)) };
      found = { message: input, value, isFirst: false };
    }
    seen += page.inputs.length;
    after = page.next;
  } while (after !== undefined && seen < mostMessages && clock.monotonic() - start < patienceMs);
  return { found, gaps: found === undefined ? gaps : gaps.filter(since(found.message.at)) };
}

const since =
  (at: Timestamp) =>
  (gap: HistoryGap): boolean =>
    gap.to >= at;

/** The input of a number, decided at a known time. */
export async function findInput(
  journal: JournalPort,
  { seq, at }: { readonly seq: number; readonly at: Timestamp },
): Promise<Input | undefined> {
  const query = { from: at, to: at, limit: 1, newest: false, after: seq - 1, patienceMs };
  const { inputs } = await journal.read(query);
  return inputs.find((input) => input.seq === seq);
}

/** The input of a number. */
export async function findInputOf(journal: JournalPort, seq: number): Promise<Input | undefined> {
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const { inputs } = await journal.read({ ...range, limit: 1, newest: false, after: seq - 1, patienceMs });
  return inputs.find((input) => input.seq === seq);
}
