// Use case: a draft woken in a copy of the house, as it is or was. Nothing leaves the copy.
import { parseDuration, type Timestamp } from '../../base/index.ts';
import { encodePayload, Payload } from '../../devices/index.ts';
import {
  type Answer,
  acting,
  type CallEffect,
  type CompiledRule,
  checkText,
  DryRun,
  type DryRunResult,
  type GivenWorld,
  type Input,
  type MessageInput,
  missesOf,
  type TimedAnswer,
  type Unnumbered,
} from '../../rules/index.ts';
import type { Actor } from '../access/actor.ts';
import { findInputOf } from '../causes/value-search.ts';
import type { DryRunRequest, DryRunView } from '../contract/dry-runs.ts';
import type { MissView } from '../contract/explanations.ts';
import type { ProblemView } from '../contract/general.ts';
import { fail } from '../errors.ts';
import { pastInstant } from '../instant.ts';
import { invalid } from '../rule-faults.ts';
import { runSummaryOf } from '../views.ts';
import { dryInputs, recordedInput } from './dry-inputs.ts';
import { givenOf, type InquiryHouse, presentOf, recollections, settingsFor } from './ground.ts';
import { SlicedInputs } from './slices.ts';

interface Draft {
  readonly rule: CompiledRule;
  readonly problems: readonly ProblemView[];
}

/** Where the copy stands: the draft is in it, and what happened up to `at`. */
interface Copy {
  readonly run: DryRun;
  readonly at: Timestamp;
  readonly incomplete: readonly string[];
}

const longestAdvanceMs = 31 * 86_400_000;
/** Of runs that wait at present, the oldest. */
const mostMet = 20;

/** The fields of a run by another rule are no service. */
function answersOf({ answers = {} }: DryRunRequest): (call: CallEffect) => TimedAnswer | undefined {
  return ({ service, at }) => {
    if (!Object.hasOwn(answers, service)) return undefined;
    const answer: Answer = { ok: true, value: answers[service] };
    return { at, answer };
  };
}

/** Topics and variables as the request wants them. */
function overridden(
  given: GivenWorld,
  { state = {}, variables = {} }: DryRunRequest,
  at: Timestamp,
): GivenWorld {
  const rows = Object.entries(state).map(([topic, value]) => {
    const payload = new Payload(encodePayload(value));
    const times = { at, changedAt: at, previous: undefined, pathChanges: undefined };
    const source = { origin: 'api', by: 'dry-run' };
    return {
      topic,
      payload,
      bytes: payload.bytes.length,
      qos: 0 as const,
      retain: false,
      ...times,
      ...source,
    };
  });
  const set = Object.entries(variables).map(([name, value]) => {
    return { name, value: JSON.stringify(value), at, by: 'dry-run' };
  });
  const isSame = rows.length === 0;
  return {
    ...given,
    descriptions: isSame ? given.descriptions : undefined,
    states: [...[...(given.states ?? [])].filter(({ topic }) => !Object.hasOwn(state, topic)), ...rows],
    variables: [
      ...[...(given.variables ?? [])].filter(({ name }) => !Object.hasOwn(variables, name)),
      ...set,
    ],
  };
}

export class DryRuns {
  readonly #house: InquiryHouse;

  constructor(house: InquiryHouse) {
    this.#house = house;
  }

  async run(actor: Pick<Actor, 'name'>, id: string, request: DryRunRequest): Promise<DryRunView> {
    const { clock, home, journal } = this.#house;
    const draft = this.#draft(id, request);
    const { trigger = {}, skipConditions, advance } = request;
    const input = trigger.input === undefined ? undefined : await findInputOf(journal, trigger.input);
    if (trigger.input !== undefined && input === undefined)
      throw fail('input-missing', `the journal has no input ${trigger.input}`);
    const asked = request.at === undefined ? input?.at : pastInstant(request.at, { clock, home });
    const copy = await this.#copy(draft.rule, request, {
      at: asked,
      before: request.at === undefined ? input : undefined,
    });
    const { at, run, incomplete } = copy;
    const { states } = run.replay.world;
    const house = { rule: draft.rule, states, at, by: actor.name };
    const inputs = input === undefined ? dryInputs(trigger, house) : [recordedInput(input, at)];
    const misses = inputs.flatMap((one) => this.#misses(draft.rule, one, run));
    const advanceMs = advance === undefined ? undefined : spanOf(advance);
    const result = run.wake({
      ...{ at, inputs },
      ...(skipConditions !== undefined && { skipConditions }),
      ...(advanceMs !== undefined && { advanceMs }),
    });
    return { at, ...viewOf(result, misses), problems: draft.problems, incomplete };
  }

  #draft(id: string, { source }: DryRunRequest): Draft {
    const { live, home } = this.#house;
    if (source === undefined) {
      const rule = live.engine.book.find(id)?.rule;
      if (rule === undefined) throw fail('rule-missing', `there is no rule "${id}" that could run`);
      return { rule: acting(rule), problems: [] };
    }
    const version = (live.engine.book.find(id)?.rule.version ?? 0) + 1;
    const { rule, problems } = checkText(source, { version, home });
    if (rule === undefined) throw invalid(problems);
    if (rule.id !== id) throw fail('id-mismatch', `the address says "${id}", the document says "${rule.id}"`);
    return { rule: acting(rule), problems };
  }

  async #copy(
    rule: CompiledRule,
    request: DryRunRequest,
    when: { readonly at: Timestamp | undefined; readonly before: Input | undefined },
  ): Promise<Copy> {
    const known = await recollections(this.#house, rule);
    const settings = settingsFor(rule, this.#house.replays);
    const options = {
      settings,
      ...{ rule, others: this.#others(rule.id), answer: answersOf(request) },
      recollect: () => known,
    };
    if (when.at === undefined) {
      const at = this.#house.clock.now();
      const run = new DryRun({
        ...options,
        at,
        present: this.#house.live.engine.presentOf(rule.id),
        given: overridden(presentOf(this.#house, settings.formats !== undefined), request, at),
      });
      return { run, at, incomplete: [] };
    }
    return this.#pastCopy(options, request, { at: when.at, before: when.before });
  }

  /** The house goes on from the last snapshot to that time; only the draft is not in it. */
  async #pastCopy(
    options: Omit<ConstructorParameters<typeof DryRun>[0], 'at' | 'given'>,
    request: DryRunRequest,
    { at, before }: { readonly at: Timestamp; readonly before: Input | undefined },
  ): Promise<Copy> {
    const { past } = this.#house;
    const start = await past.start(at);
    const { runs: _runs, triggers: _triggers, ...given } = givenOf(await past.rows(start));
    const run = new DryRun({ ...options, at: start.at, given: overridden(given, request, start.at) });
    const { state = {} } = request;
    for await (const inputs of new SlicedInputs(past.inputs(start, at), this.#house.clock))
      for (const input of inputs) {
        const isOver = before !== undefined && input.seq >= before.seq;
        const isOverridden = input.kind === 'message' && Object.hasOwn(state, input.topic);
        if (!isOver && !isOverridden) run.give(input);
      }
    run.replay.advanceTo(at);
    const missing = await past.missing(start, { from: at, to: at });
    return { run, at, incomplete: [...new Set(missing.map(({ reason }) => reason))] };
  }

  #others(id: string): CompiledRule[] {
    const states = [...this.#house.live.engine.book.inOrder()];
    return states.map(({ rule }) => rule).filter((rule) => rule.id !== id);
  }

  #misses(rule: CompiledRule, input: Unnumbered, { replay }: DryRun): MissView[] {
    if (input.kind !== 'message') return [];
    return missesOf(rule, {
      input: input satisfies Unnumbered<MessageInput>,
      previous: replay.world.states.find(input.topic)?.payload,
    });
  }
}

function spanOf(advance: string): number {
  const ms = parseDuration(advance);
  if (ms <= longestAdvanceMs) return ms;
  throw fail('bad-range', `a dry run goes on for 31 days at the most, not ${advance}`);
}

function viewOf(
  { traces, effects, met, holds, until, isCut }: DryRunResult,
  misses: readonly MissView[],
): Omit<DryRunView, 'at' | 'problems' | 'incomplete'> {
  const [first] = traces;
  const outcome = first?.status ?? (holds.length > 0 ? 'held' : 'not-woken');
  const { reason } = first ?? {};
  return {
    outcome,
    ...(reason !== undefined && { reason }),
    effects,
    runs: traces,
    met: met.slice(0, mostMet).map(runSummaryOf),
    misses,
    holds,
    until,
    isCut,
  };
}
