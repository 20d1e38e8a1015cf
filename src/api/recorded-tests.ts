// Use case: a test of a recorded run. The house is gone through again up to where the test begins, which lies the further
// back the more of the past the run needs; the first test whose run is the recorded one is taken.
import { parseDuration } from '../base/index.ts';
import { LocalTime } from '../expression/index.ts';
import {
  acting,
  type CompiledRule,
  DryRun,
  type Pace,
  RecordedSteps,
  type RecordedTest,
  type RecordedTestDocument,
  type RuleVersionRow,
  recordedGiven,
  recordedTest,
  recordedYaml,
  reportOf,
  type Trace,
} from '../rules/index.ts';
import type { RunTestView } from './contract.ts';
import { fail } from './errors.ts';
import { givenOf, type InquiryHouse, recollections, settingsFor, Versions } from './inquiries/ground.ts';
import { SlicedInputs } from './inquiries/slices.ts';

export interface RecordedHouse
  extends Pick<InquiryHouse, 'store' | 'library' | 'home' | 'clock' | 'past' | 'replays' | 'recollect'> {
  /** Throws `run-missing`. */
  runOf(id: string): Promise<Trace>;
  readonly secrets: { list(): readonly { readonly name: string }[]; value(name: string): string | undefined };
}

interface Subject {
  readonly trace: Trace;
  readonly rule: CompiledRule;
  readonly source: string;
  readonly pace: Pace;
}

interface Drafted {
  readonly document: RecordedTestDocument;
  readonly incomplete: readonly string[];
}

/** How far before the run the test may have to begin: for what is held, limited, or under way already. */
const lookBackMs = [60_000, 600_000, 3_600_000];
/** Times of schedules come as time goes on. */
const beforeTimeMs = 1000;
const mostSteps = 400;

/** What holds before the rule is woken begins so much earlier. */
function holdMs({ rule, trace }: Subject): number | undefined {
  const trigger = rule.triggers.find(({ index }) => index === trace.trigger.index);
  const hold = trigger !== undefined && 'hold' in trigger.source ? trigger.source.hold : undefined;
  if (hold?.for.kind !== 'constant') return undefined;
  const written = hold.for.value;
  return typeof written === 'string' || typeof written === 'number' ? parseDuration(written) : undefined;
}

function beginningsOf(subject: Subject): readonly number[] {
  const held = holdMs(subject);
  const { trigger } = subject.trace;
  const isBySomething = trigger.topic !== undefined || trigger.by !== undefined;
  const first = held !== undefined ? held + 1 : isBySomething ? 0 : beforeTimeMs;
  return [first, ...lookBackMs.filter((ms) => ms > first)];
}

export class RecordedTests {
  readonly #house: RecordedHouse;

  constructor(house: RecordedHouse) {
    this.#house = house;
  }

  /** Throws `run-missing`, `version-missing`. */
  async of(run: string, pace: Pace): Promise<RunTestView> {
    const trace = await this.#house.runOf(run);
    const subject = { trace, pace, ...(await this.#version(trace)) };
    let best: { readonly test: RecordedTest; readonly incomplete: readonly string[] } | undefined;
    for (const backMs of beginningsOf(subject)) {
      const drafted = await this.#draft(subject, backMs);
      if (drafted === undefined) break;
      const { home } = this.#house;
      const test = await recordedTest(drafted.document, { ...subject, home, secrets: this.#secrets() });
      const isGood = test?.isFaithful === true && test.result.passed;
      if (test !== undefined && (isGood || best === undefined))
        best = { test, incomplete: drafted.incomplete };
      if (isGood) break;
    }
    if (best === undefined)
      throw fail(
        'run-untestable',
        `run "${run}" heard more than a test can hold, or something that no step is for`,
      );
    return viewOf(run, trace, best);
  }

  async #version({
    rule: id,
    version,
  }: Trace): Promise<{ readonly rule: CompiledRule; readonly source: string }> {
    const rows: readonly RuleVersionRow[] = await this.#house.store.versionsOf(id);
    const source = rows.find((row) => row.version === version)?.source;
    const rule = (await Versions.of(this.#house, id)).find(version);
    if (source === undefined || rule === undefined)
      throw fail('version-missing', `version ${version} of "${id}", which ran, is not kept`);
    return { rule: acting(rule), source };
  }

  async #draft(subject: Subject, backMs: number): Promise<Drafted | undefined> {
    const { past, clock, home } = this.#house;
    const { trace, rule, source } = subject;
    const from = trace.at - backMs;
    const to = trace.endedAt ?? clock.now();
    const isNamed = (name: string): boolean => name !== '' && source.includes(name);
    const calls = trace.steps.flatMap(({ effects = [] }) => effects.filter(({ kind }) => kind === 'call'));
    const serviceOf = (call: string): string | undefined =>
      calls.find(({ id, name }) => id === call && name !== 'run')?.name;
    const wokenBy = trace.trigger.seq;
    const steps = new RecordedSteps({ rule, from, to, wokenBy, isNamed, serviceOf });
    const start = await past.start(from);
    const copy = await this.#copy(rule, start);
    for await (const inputs of new SlicedInputs(past.inputs(start, to), clock))
      for (const input of inputs) {
        const isBefore = backMs === 0 ? input.seq < wokenBy : input.at <= from;
        if (isBefore) copy.give(input);
        else if (steps.size <= mostSteps) steps.give(input);
      }
    if (steps.size > mostSteps) return undefined;
    const { world } = copy.replay;
    const { topics } = steps;
    const given = recordedGiven({ rule, at: from, world, topics, isNamed });
    const document = { name: nameOf(trace, home.zone), given, steps: steps.finish() };
    const missing = await past.missing(start, { from, to });
    return {
      document,
      incomplete: [...new Set(missing.map(({ reason }) => reason))],
    };
  }

  async #copy(
    rule: CompiledRule,
    start: Awaited<ReturnType<InquiryHouse['past']['start']>>,
  ): Promise<DryRun> {
    const { past, replays } = this.#house;
    const { runs: _runs, triggers: _triggers, ...given } = givenOf(await past.rows(start));
    const known = await recollections(this.#house, rule);
    const settings = settingsFor(rule, replays);
    return new DryRun({ settings, given, rule, others: [], at: start.at, recollect: () => known });
  }

  #secrets(): readonly string[] {
    const { secrets } = this.#house;
    return secrets.list().flatMap(({ name }) => secrets.value(name) ?? []);
  }
}

function nameOf({ at, trigger: { verb, topic } }: Trace, zone: string): string {
  const local = new LocalTime(zone);
  return `${topic ?? verb} on ${local.date(at)} at ${local.time(at)}`.slice(-200);
}

function viewOf(
  run: string,
  { rule, version }: Trace,
  {
    test: { document, result, isFaithful },
    incomplete,
  }: { readonly test: RecordedTest; readonly incomplete: readonly string[] },
): RunTestView {
  const passes = isFaithful && result.passed;
  return {
    ...{ run, rule, version, name: document.name, passes },
    yaml: recordedYaml(document),
    report: passes ? [] : reportOf([result]),
    incomplete,
  };
}
