// A recorded run as a test: the steps are played, and what came is expected if the run was the same as the recorded one.
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { checkText } from '../check.ts';
import type { HomeSettings } from '../compile/context.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Trace, TraceEffect } from '../trace/trace.ts';
import { concealedDocument, concealedFields } from './concealed-record.ts';
import { type Happened, shownMessage } from './expectation.ts';
import type { Pace } from './pace.ts';
import { playTests, type TestResult } from './play.ts';
import { rehearse } from './rehearsal.ts';

export interface RecordedTestDocument {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly expect?: Readonly<Record<string, unknown>>;
}

export interface RecordedRun {
  readonly trace: Trace;
  readonly rule: CompiledRule;
  readonly home: HomeSettings;
  readonly pace: Pace;
  /** Of the house: a mark stands for them wherever the record holds them. */
  readonly secrets: readonly string[];
}

export interface RecordedTest {
  readonly document: RecordedTestDocument;
  /** Of the finished test, played against the version that ran. */
  readonly result: TestResult;
  /** The run of the test is the recorded one. */
  readonly isFaithful: boolean;
}

/** More are told as a number. */
const mostMessages = 100;

function plainEffect({ kind, name, topic, payload, qos, retain, text, refused }: TraceEffect): object {
  return { kind, name, topic, payload, qos, retain, text, refused };
}

/** What must be the same in both. What a device is told is told to its stand-in in other words. */
function deedsOf({ status, reason, steps }: Trace): unknown {
  const effects = steps.flatMap(({ path, verb, effects: all = [] }) =>
    all.map((effect) => (verb === 'set' ? { path } : { path, ...plainEffect(effect) })),
  );
  return { status, reason, effects: JSON.parse(JSON.stringify(effects)) };
}

function isSame(recorded: Trace, { traces, waiting }: Happened): boolean {
  if (recorded.endedAt === undefined) return waiting > 0;
  const same = traces.find(({ at, trigger }) => at === recorded.at && trigger.verb === recorded.trigger.verb);
  return same !== undefined && isDeepStrictEqual(deedsOf(same), deedsOf(recorded));
}

const isNews = (list: readonly unknown[]): boolean => list.length > 0;

function expectationOf({ published, traces, logged, calls, waiting }: Happened): Record<string, unknown> {
  const messages = published.map(shownMessage);
  const [only, ...others] = traces;
  return {
    published: messages.length > mostMessages ? messages.length : messages,
    ...(only !== undefined && others.length === 0
      ? { outcome: only.status, ...(only.reason !== undefined && { reason: only.reason }) }
      : { runs: traces.map(({ rule, status, reason }) => [rule, status, reason].filter(Boolean).join(' ')) }),
    ...(isNews(logged) && { logged }),
    ...(isNews(calls) && { calls }),
    ...(waiting > 0 && { waiting }),
  };
}

/** Where the test came to something else: what was recorded. */
function recordedExpectation({ status, reason, steps }: Trace): Record<string, unknown> {
  const effects = steps.flatMap((step) => step.effects ?? []);
  const published = effects.flatMap(({ kind, topic, payload }) => {
    if (kind !== 'publish' || topic === undefined) return [];
    return [`${topic} ${typeof payload === 'string' ? payload : JSON.stringify(payload)}`];
  });
  return {
    published,
    ...(status === 'waiting' ? { waiting: 1 } : { outcome: status }),
    ...(reason && { reason }),
  };
}

/** A rule with nothing but the test: the rule itself is compiled already. */
function readTest(document: RecordedTestDocument, home: HomeSettings): ReturnType<typeof checkText> {
  const rule = { id: 'recorded', actions: [{ stop: true }], tests: [document] };
  return checkText(JSON.stringify(rule), { version: 1, home });
}

/** Undefined when the steps are no test, or cannot be played. */
export async function recordedTest(
  record: RecordedTestDocument,
  { trace, rule, home, pace, secrets }: RecordedRun,
): Promise<RecordedTest | undefined> {
  // Before it is played: what comes of marks holds no more than marks.
  const draft = concealedDocument(record, secrets);
  const [test] = readTest(draft, home).tests;
  const happened = test && (await rehearse(test, { rule, home, pace }));
  if (happened === undefined) return undefined;
  const isFaithful = isSame(trace, happened);
  const expect = isFaithful ? expectationOf(happened) : concealedFields(recordedExpectation(trace), secrets);
  const document = { ...draft, expect };
  const [result] = await playTests({ rule, tests: readTest(document, home).tests, home, pace });
  return result && { document, result, isFaithful };
}

/** One item of a list `tests:`. */
export function recordedYaml(document: RecordedTestDocument): string {
  return stringify([document], { version: '1.2', schema: 'core', lineWidth: 0 });
}
