// What a test expects, and what is wrong when it came otherwise. The one meaning of `expect`, for tests in documents and
// for the cases of the project.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { matchesFilter } from '../../base/index.ts';
import type { Published } from '../replay/virtual-house.ts';
import type { Trace } from '../trace/trace.ts';
import { pieceOf } from './piece.ts';

const publishedSchema = z.strictObject({
  topic: z.string(),
  /** What it must hold: of objects the named keys, of lists all items. */
  payload: z.unknown().optional(),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
  retain: z.boolean().exactOptional(),
});

const outcomes = [
  'finished',
  'stopped',
  'superseded',
  'refused',
  'timed-out',
  'failed',
  'cancelled',
  'conditions-failed',
] as const;

/** Lists are complete and in order, since the `expect` before. */
export const expectationSchema = z.strictObject({
  /** `topic payload`, payload as JSON unless it is text; or an object. A number: how many. */
  published: z
    .union([z.number().int().min(0), z.array(z.union([z.string(), publishedSchema]))])
    .exactOptional(),
  /** Filters on which nothing may have been published. */
  notPublished: z.union([z.string(), z.array(z.string())]).exactOptional(),
  /** `rule outcome` or `rule outcome reason` of each wake-up that is over. A number: how many. */
  runs: z.union([z.number().int().min(0), z.array(z.string())]).exactOptional(),
  /** Of the latest wake-up that is over. */
  outcome: z.enum(outcomes).exactOptional(),
  reason: z.string().exactOptional(),
  /** `rule: text` of each line. */
  logged: z.array(z.string()).exactOptional(),
  /** `service request` of each call, the request as JSON. */
  calls: z.array(z.string()).exactOptional(),
  /** Runs that wait. */
  waiting: z.number().int().min(0).exactOptional(),
  /** Triggers that hold something. */
  held: z.number().int().min(0).exactOptional(),
  /** Latest values of topics; null: it has none. */
  state: z.record(z.string(), z.unknown()).exactOptional(),
  /** null: it is not set. */
  variables: z.record(z.string(), z.unknown()).exactOptional(),
  /** A part of the latest trace. */
  trace: z.record(z.string(), z.unknown()).exactOptional(),
});

export type Expectation = z.output<typeof expectationSchema>;

/** What a house did since somebody looked, and how it is now. */
export interface Happened {
  readonly published: readonly Published[];
  readonly traces: readonly Trace[];
  readonly logged: readonly string[];
  readonly calls: readonly string[];
  readonly waiting: number;
  readonly held: number;
  state(topic: string): unknown;
  variable(name: string): unknown;
}

export interface Mismatch {
  /** The word of the expectation, with the topic or name where it has several. */
  readonly what: string;
  readonly expected: unknown;
  readonly came: unknown;
}

type Judge<Wanted> = (wanted: Wanted, happened: Happened) => readonly Mismatch[];

/** As a line of `published`. */
export function shownMessage(message: Published): string {
  const { topic, payload, retain, isRepeated, expiry, properties } = message;
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const marks = [
    retain && ' [retain]',
    isRepeated && ' [repeated]',
    expiry !== undefined && ` [expiry ${expiry}]`,
    properties && ` ${JSON.stringify(properties)}`,
  ];
  return `${topic} ${text}${marks.filter(Boolean).join('')}`;
}

function shownRun({ rule, status, reason }: Trace): string {
  return [rule, status, reason].filter(Boolean).join(' ');
}

function unless(isSo: boolean, mismatch: Mismatch): readonly Mismatch[] {
  return isSo ? [] : [mismatch];
}

function equal(what: string, expected: unknown, came: unknown): readonly Mismatch[] {
  return unless(isDeepStrictEqual(came, expected), { what, expected, came });
}

type Wanted<Word extends keyof Expectation> = NonNullable<Expectation[Word]>;

function isAsWanted(message: Published, wanted: string | z.output<typeof publishedSchema>): boolean {
  if (typeof wanted === 'string') return shownMessage(message) === wanted;
  const { topic, payload, qos, retain } = wanted;
  const hasPayload = payload === undefined || pieceOf(message.payload, payload);
  const isSent = (qos ?? message.qos) === message.qos && (retain ?? message.retain) === message.retain;
  return message.topic === topic && hasPayload && isSent;
}

const published: Judge<Wanted<'published'>> = (expected, happened) => {
  const came = happened.published.map(shownMessage);
  if (typeof expected === 'number')
    return unless(came.length === expected, { what: 'published', expected, came });
  const isSame =
    expected.length === came.length &&
    happened.published.every((message, index) => isAsWanted(message, expected[index] ?? ''));
  return unless(isSame, { what: 'published', expected, came });
};

const notPublished: Judge<Wanted<'notPublished'>> = (filters, happened) => {
  return [filters].flat().flatMap((filter) => {
    const came = happened.published.filter(({ topic }) => matchesFilter(filter, topic)).map(shownMessage);
    return unless(came.length === 0, { what: `notPublished ${filter}`, expected: [], came });
  });
};

const runs: Judge<Wanted<'runs'>> = (expected, { traces }) => {
  const came = traces.map(shownRun);
  return typeof expected === 'number'
    ? unless(came.length === expected, { what: 'runs', expected, came })
    : equal('runs', expected, came);
};

const state: Judge<Wanted<'state'>> = (values, happened) =>
  Object.entries(values).flatMap(([topic, expected]) => {
    const came = happened.state(topic) ?? null;
    return unless(pieceOf(came, expected), { what: `state ${topic}`, expected, came });
  });

const variables: Judge<Wanted<'variables'>> = (values, happened) =>
  Object.entries(values).flatMap(([name, expected]) =>
    equal(`variables ${name}`, expected, happened.variable(name) ?? null),
  );

type JudgeOfAll = (wanted: Expectation, happened: Happened) => readonly Mismatch[];

function on<Word extends keyof Expectation>(word: Word, look: Judge<Wanted<Word>>): JudgeOfAll {
  return (wanted, happened) => {
    const value = wanted[word];
    return value === undefined || value === null ? [] : look(value, happened);
  };
}

/** One for each word. */
const judges: readonly JudgeOfAll[] = [
  on('published', published),
  on('notPublished', notPublished),
  on('runs', runs),
  on('outcome', (expected, { traces }) => equal('outcome', expected, traces.at(-1)?.status ?? null)),
  on('reason', (expected, { traces }) => equal('reason', expected, traces.at(-1)?.reason ?? null)),
  on('logged', (expected, happened) => equal('logged', expected, happened.logged)),
  on('calls', (expected, happened) => equal('calls', expected, happened.calls)),
  on('waiting', (expected, happened) => equal('waiting', expected, happened.waiting)),
  on('held', (expected, happened) => equal('held', expected, happened.held)),
  on('state', state),
  on('variables', variables),
  on('trace', (expected, { traces }) => {
    const came = traces.at(-1);
    return unless(pieceOf(came, expected), { what: 'trace', expected, came });
  }),
];

/** Nothing when all came as it was expected. */
export function judge(wanted: Expectation, happened: Happened): readonly Mismatch[] {
  return judges.flatMap((look) => look(wanted, happened));
}
