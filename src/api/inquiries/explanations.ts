// Use case: what became of a rule at some time. The house is gone through again from the last snapshot, with the version
// that was in force then; what a replay cannot know (denials, what was never heard) is looked up.
import { parseDuration, type Timestamp } from '../../base/index.ts';
import { type CompiledRule, type Happening, type Standing, Witness } from '../../rules/index.ts';
import type { ExplainedRunView, ExplainRequest, ExplanationView } from '../contract/explanations.ts';
import { fail } from '../errors.ts';
import { pastInstant } from '../instant.ts';
import type { PastRows } from '../past-port.ts';
import { Attendance } from './attendance.ts';
import { circumstancesOf, type Question, type Surroundings, worthSaying } from './circumstances.ts';
import { givenOf, type InquiryHouse, recollections, Versions } from './ground.ts';
import { rankedEntries } from './ranking.ts';
import { SlicedInputs } from './slices.ts';

export type ExplanationHouse = InquiryHouse & Surroundings;

const defaultWindowMs = 5 * 60_000;
const longestMs = 6 * 3_600_000;
/** Limits, queues and the breaker remember: a replay begins this much earlier, if it can. */
const warmUpMs = 15 * 60_000;
const mostRuns = 200;

export class Explanations {
  readonly #house: ExplanationHouse;

  constructor(house: ExplanationHouse) {
    this.#house = house;
  }

  /** Throws `rule-missing`, `bad-time`, `bad-range`. */
  async explain(rule: string, request: ExplainRequest): Promise<ExplanationView> {
    const question = this.#question(rule, request);
    const { from, to, at } = question;
    const versions = await Versions.of(this.#house, rule);
    const { past } = this.#house;
    const start = await past.start(from - warmUpMs);
    const rows = await past.rows(start);
    const witness = await this.#witness(question, { start, rows, versions });
    const attendance = new Attendance(from);
    const inputs = new SlicedInputs(past.inputs(start, to), this.#house.clock);
    for await (const page of inputs)
      for (const input of page) for (const one of [witness, attendance]) one.give(input);
    const happenings = witness.finish(to);
    const inForce = standingAt(witness.standings, at);
    const compiled = versions.find(inForce?.version ?? versions.latest);
    const triggers = witness.triggers.length > 0 ? witness.triggers : (compiled?.triggers ?? []);
    const missing = await past.missing(start, { from, to });
    const circumstances = await circumstancesOf(this.#house, {
      ...{ question, triggers, standings: witness.standings, attendance, missing },
      present: this.#house.live.engine.book.find(rule)?.rule.version,
      wouldNow: (version) => this.#now(question, { rows, versions, version }),
    });
    const hasHappened = happenings.length > 0;
    return {
      ...{ rule, at, from, to },
      entries: rankedEntries(at, happenings, worthSaying(circumstances, { attendance, hasHappened })),
      runs: await this.#runs(question),
      incomplete: [...new Set(missing.map(({ reason }) => reason)), ...(inputs.isCut ? ['too-much'] : [])],
    };
  }

  #question(rule: string, request: ExplainRequest): Question {
    const begin = pastInstant(request.at, this.#house);
    const end = request.to === undefined ? begin : pastInstant(request.to, this.#house);
    const windowMs = request.window === undefined ? defaultWindowMs : parseDuration(request.window);
    if (end < begin || end - begin > longestMs || windowMs > longestMs)
      throw fail('bad-range', `expected at most six hours, the beginning first`);
    // Read behind them: `now` is not still to come.
    const now = this.#house.clock.now();
    if (begin > now) throw fail('bad-range', `${request.at} is still to come`);
    const at = request.to === undefined ? begin : Math.round((begin + end) / 2);
    return { rule, at, from: begin - windowMs, to: Math.min(now, end + windowMs) };
  }

  async #witness(
    { rule, from, at: about }: Question,
    ground: {
      readonly start: { readonly at: Timestamp };
      readonly rows: PastRows;
      readonly versions: Versions;
      readonly instead?: CompiledRule;
    },
  ): Promise<Witness> {
    const { start, rows, versions, instead } = ground;
    const { settings, breaker } = this.#house.replays;
    const inForce = rows.rules.find(({ id }) => id === rule);
    const sample = instead ?? versions.find(inForce?.version ?? versions.latest);
    const known = sample === undefined ? [] : await recollections(this.#house, sample);
    const { runs, triggers, captures, ...given } = givenOf(rows);
    const ofRule = <Row extends { readonly rule: string }>(all: readonly Row[] = []): Row[] =>
      all.filter((row) => row.rule === rule);
    return new Witness({
      ...{ rule, from, about, settings, breaker, inForce, at: start.at },
      given: { ...given, runs: ofRule(runs), triggers: ofRule(triggers), captures: ofRule(captures) },
      findVersion: (version) => versions.find(version),
      versions: versions.since(inForce?.version ?? 1),
      recollect: () => known,
      ...(instead !== undefined && { instead }),
    });
  }

  /** What another version would have done with the same, nearest to the instant. */
  async #now(
    question: Question,
    {
      rows,
      versions,
      version,
    }: { readonly rows: PastRows; readonly versions: Versions; readonly version: number },
  ): Promise<Happening['code'] | undefined> {
    const instead = versions.find(version);
    if (instead === undefined) return undefined;
    const { past } = this.#house;
    const start = await past.start(question.from - warmUpMs);
    const witness = await this.#witness(question, { start, rows, versions, instead });
    const inputs = new SlicedInputs(past.inputs(start, question.to), this.#house.clock);
    for await (const slice of inputs) for (const input of slice) witness.give(input);
    const [nearest] = rankedEntries(question.at, witness.finish(question.to), []);
    return nearest !== undefined && 'status' in nearest ? nearest.code : undefined;
  }

  /** On record. */
  async #runs({ rule, from, to }: Question): Promise<ExplainedRunView[]> {
    const traces = await this.#house.traces.recent({ rule, limit: mostRuns });
    return traces
      .filter(({ at }) => at >= from && at <= to)
      .map(({ id, at, status }) => ({ id, at, status }));
  }
}

/** Undefined: nobody had saved it yet. */
export function standingAt(standings: readonly Standing[], at: Timestamp): Standing | undefined {
  return standings.findLast((standing) => standing.at <= at);
}
