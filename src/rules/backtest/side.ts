// One world of a backtest: some rules over a record, with what they would have done.
import type { Timestamp } from '../../base/index.ts';
import type { Recollection, WantedPast } from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { AnswerInput, Input } from '../input.ts';
import type { RuleRow } from '../ports.ts';
import { silentSink } from '../replay/recording.ts';
import { type GivenWorld, Replay } from '../replay/replay.ts';
import type { WorldSettings } from '../replay/world.ts';
import type { BreakerLimits } from '../run/breaker.ts';
import { traceOf } from '../run/run.ts';
import { type Outcome, type RunStatus, readyTrace } from '../trace/trace.ts';
import { RecordedAnswers } from './answers.ts';
import { audienceOf, usualFilterOf, wanting } from './audience.ts';
import { HandWatch } from './by-hand.ts';
import { Firings } from './firings.ts';
import { Recorded } from './recorded.ts';

/** What all worlds of a backtest begin with. */
export interface SideGround {
  readonly at: Timestamp;
  readonly firstSeq: number;
  readonly settings: WorldSettings;
  readonly given: GivenWorld;
  /** Which versions were in force then. */
  readonly inForce: readonly RuleRow[];
  readonly breaker: BreakerLimits;
  readonly answers: readonly AnswerInput[];
  readonly recollections: readonly Recollection[];
}

export interface SideRules {
  readonly rules: readonly CompiledRule[];
  /** Of whom runs are told; all of them, if undefined. */
  readonly reported?: string;
  /** It was there in the record, and is not here. */
  readonly absent?: string;
}

type Counts = Partial<Record<RunStatus, number>>;

/** What is kept of a rule goes on where the same version does; its triggers remember where they are the same. */
function givenFor(rules: readonly CompiledRule[], { given, inForce }: SideGround): GivenWorld {
  const versions = new Map(rules.map(({ id, version }) => [id, version]));
  const goesOn = new Set(
    inForce.filter(({ id, version, enabled }) => enabled && versions.get(id) === version).map(({ id }) => id),
  );
  return {
    ...given,
    runs: (given.runs ?? []).filter(
      ({ rule, version }) => goesOn.has(rule) && versions.get(rule) === version,
    ),
    triggers: (given.triggers ?? []).filter(({ rule }) => versions.has(rule)),
    captures: (given.captures ?? []).filter(({ rule }) => goesOn.has(rule)),
  };
}

export class Side {
  readonly firings: Firings;
  readonly hands: HandWatch;
  readonly wants: (topic: string) => boolean;
  readonly #reported: string | undefined;
  readonly #replay: Replay;
  readonly #recorded: Recorded;
  #before: Counts = {};

  constructor(ground: SideGround, { rules, reported, absent }: SideRules) {
    const ids = new Set(rules.map(({ id }) => id));
    const audience = audienceOf(rules);
    this.#reported = reported;
    this.wants = wanting(audience.readsDevices ? undefined : audience.filters);
    this.firings = new Firings(reported === undefined ? ids : new Set([reported]));
    this.hands = new HandWatch(
      rules
        .filter(({ id }) => id === reported)
        .flatMap(({ touches }) => touches)
        .flatMap((touch) =>
          touch.does === 'publish' ? [usualFilterOf(touch.topic)] : touch.does === 'set' ? ['#'] : [],
        ),
    );
    this.#replay = this.#replayOf(ground, { rules, readsDevices: audience.readsDevices });
    this.#recorded = new Recorded({
      replay: this.#replay,
      rules: absent === undefined ? ids : new Set([...ids, absent]),
    });
  }

  give(input: Input): void {
    if (input.kind === 'message') this.hands.hear(input);
    this.#recorded.give(input);
  }

  /** From here on it counts. */
  begin(from: Timestamp): void {
    this.#replay.advanceTo(from - 1);
    this.firings.begin(from);
    this.#before = this.#counts();
  }

  /** Nothing is given any more. */
  finish(to: Timestamp): void {
    this.#replay.advanceTo(to);
    for (const run of this.#replay.engine.runs.values()) this.firings.waiting(readyTrace(traceOf(run)));
  }

  outcomes(): Partial<Record<Outcome, number>> {
    const outcomes: Partial<Record<string, number>> = {};
    for (const [status, count] of Object.entries(this.#counts())) {
      const since = count - (Object.entries(this.#before).find(([name]) => name === status)?.[1] ?? 0);
      if (since > 0) outcomes[status] = since;
    }
    return outcomes;
  }

  #counts(): Counts {
    const state = this.#reported === undefined ? undefined : this.#replay.engine.book.find(this.#reported);
    return { ...state?.counters };
  }

  #replayOf(
    ground: SideGround,
    { rules, readsDevices }: { readonly rules: readonly CompiledRule[]; readonly readsDevices: boolean },
  ): Replay {
    const { formats, ...plain } = ground.settings;
    const recorded = new RecordedAnswers();
    for (const answer of ground.answers) recorded.add(answer);
    const replay = new Replay({
      at: ground.at,
      firstSeq: ground.firstSeq,
      settings: readsDevices ? ground.settings : plain,
      given: givenFor(rules, ground),
      rules: rules.map((rule) => ({ rule, enabled: true })),
      sink: { ...silentSink, trace: (trace) => this.firings.trace(trace) },
      breaker: ground.breaker,
      tracesRefusals: false,
      answer: (call) => recorded.take(call),
      recollect: (wanted) => wanted.flatMap((one) => recollected(one, ground.recollections)),
    });
    for (const rule of rules) if (!wasInForce(rule, ground)) putInForce(replay, rule, ground.at);
    return replay;
  }
}

function wasInForce({ id, version }: CompiledRule, { inForce }: SideGround): boolean {
  return inForce.some((row) => row.id === id && row.version === version && row.enabled);
}

/** As if it was saved just now: what its conditions are is looked at, and wakes nobody. */
function putInForce(replay: Replay, { id, version }: CompiledRule, at: Timestamp): void {
  const input = { kind: 'rule', at, rule: id, version, change: 'saved', enabled: true, by: '' } as const;
  replay.feed(input);
}

function recollected(wanted: WantedPast, known: readonly Recollection[]): readonly Recollection[] {
  const { topic, path, keepMs } = wanted;
  const found = known.find((one) => one.topic === topic && one.path === path && one.keepMs >= keepMs);
  return found === undefined ? [] : [{ ...found, ...wanted }];
}
