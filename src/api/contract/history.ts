// The shapes about the past: numeric history and the journal of messages.
import type { Timestamp } from '../../base/index.ts';
import type { IncompleteView } from './backtests.ts';
import type { Page } from './general.ts';
import type { TopicView } from './topics.ts';

/** What the journal is missing, and so the history. */
export interface GapView {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reason: string;
  /** How many messages; absent when nobody can know. */
  readonly lost?: number;
}

/** A stretch of time with values in it. `min`, `max` and `mean` only of numbers; true and ON count as 1, false and OFF as 0. */
export interface HistoryPointView {
  /** Where the stretch begins; of a single sample its time. */
  readonly at: Timestamp;
  readonly count: number;
  /** Values that differ from the one before. */
  readonly changes: number;
  readonly last?: number | string | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
}

/** `GET /history`: one value of one topic over time, in at most so many points. Stretches without values have none. */
export interface HistoryView {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** Made of every sample, of five-minute figures, or of both. */
  readonly source: 'samples' | 'rollups' | 'both';
  /** Length of a stretch; 0: every point is one sample. */
  readonly widthMs: number;
  readonly points: readonly HistoryPointView[];
  readonly gaps: readonly GapView[];
}

/** `GET /history/series?topic=` items. */
export interface SeriesView {
  readonly topic: string;
  readonly path: string;
}

/** Items of an export. Without `value` it was nothing that has a history. */
export interface SampleView {
  readonly at: Timestamp;
  readonly value?: number | string | boolean;
}

/** `GET /messages` items. */
export interface MessageView {
  /** Its number in the journal. */
  readonly id: string;
  readonly at: Timestamp;
  readonly topic: string;
  /** Text, cut at 64 KB; base64 when `binary`. */
  readonly payload: string;
  readonly binary?: boolean;
  readonly truncated?: boolean;
  readonly bytes: number;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: string;
  readonly by: string;
  /** The input or run that caused it. */
  readonly cause?: string;
}

/** `GET /messages`. A page may be empty and still have a next one: looking on took too long. */
export interface MessagePage extends Page<MessageView> {
  readonly gaps: readonly GapView[];
}

/** A topic as it was. */
export type StateAtView = Omit<TopicView, 'messages' | 'retained'>;

/** `GET /states` */
export interface StatesView {
  readonly at: Timestamp;
  /** In order of topic. */
  readonly items: readonly StateAtView[];
  readonly hasMore: boolean;
  /** Why it may have been otherwise. */
  readonly incomplete: readonly IncompleteView[];
}
