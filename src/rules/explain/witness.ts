// Looks at one rule while a record of the house is gone through again: every wake-up, every message on its topics that
// woke it not, everything that it held. Kept from a time on, bounded, those nearest to the instant in question.
import type { Timestamp } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import { audienceOf, wanting } from '../backtest/audience.ts';
import { Recorded } from '../backtest/recorded.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Input } from '../input.ts';
import { silentSink } from '../replay/recording.ts';
import { Replay, type ReplayOptions } from '../replay/replay.ts';
import type { DueItem } from '../run/due-item.ts';
import { traceOf } from '../run/run.ts';
import { heldAbout } from '../run/trigger-memory.ts';
import type { Due } from '../schedule/due-heap.ts';
import { shown } from '../trace/shown.ts';
import { type LateTrace, readyTrace } from '../trace/trace.ts';
import type { Trigger } from '../triggers/kind.ts';
import type { Happening, HoldHappening } from './happening.ts';
import { missesOf } from './misses.ts';
import { notDueOf } from './not-due.ts';
import { Repetition } from './repetition.ts';
import { truthsOf } from './truths.ts';
import { wokenOf } from './woken.ts';

export interface WitnessOptions extends Omit<ReplayOptions, 'sink' | 'rules' | 'findVersion'> {
  readonly rule: string;
  /** Which version is in force at the beginning; undefined: there is none. */
  readonly inForce: { readonly version: number; readonly enabled: boolean } | undefined;
  /** Only this version, in whichever's place. */
  readonly instead?: CompiledRule;
  /** What happens from here on is told. */
  readonly from: Timestamp;
  /** Versions that may be in force meanwhile: what none of them hears or reads is passed over. Undefined: nothing is. */
  readonly versions: readonly CompiledRule[] | undefined;
  /** The instant in question. */
  readonly about: Timestamp;
  findVersion(version: number): CompiledRule | undefined;
}

/** When the rule was in force, and how. */
export interface Standing {
  readonly at: Timestamp;
  readonly version: number;
  readonly state: 'enabled' | 'disabled' | 'deleted' | 'suspended';
}

interface Held {
  readonly since: Timestamp;
  readonly due: Timestamp;
}

const mostHappenings = 200;
/** To the instant in question: each wake-up is told, farther away one in a second of those that came to nothing. */
const nearMs = 10_000;

export class Witness {
  readonly #options: WitnessOptions;
  readonly #replay: Replay;
  readonly #recorded: Recorded;
  readonly #wants: (topic: string) => boolean;
  readonly #holds = new Map<string, Held>();
  #happenings: Happening[] = [];
  readonly standings: Standing[] = [];
  readonly #repetition = new Repetition();
  /** What is being decided. */
  #input: Input | undefined;
  #hasReacted = false;
  #hasLooked = false;
  /** Triggers by the clock whose time came since what is told begins: their wake-up is told. */
  readonly #cameDue = new Set<string>();

  constructor(options: WitnessOptions) {
    this.#options = options;
    const { rule, inForce, at } = options;
    const compiled = inForce && this.#version(inForce.version);
    const { filters, readsDevices } = audienceOf(options.versions ?? []);
    const isAny = options.versions === undefined || readsDevices;
    this.#wants = wanting(isAny ? undefined : filters);
    const { formats, ...plain } = options.settings;
    this.#replay = new Replay({
      ...options,
      tracesFailing: true,
      tracesEach: (at) => Math.abs(at - options.about) <= nearMs,
      settings: isAny ? options.settings : plain,
      rules: compiled === undefined ? [] : [{ rule: compiled, enabled: inForce?.enabled ?? false }],
      findVersion: (_rule, version) => this.#version(version),
      sink: {
        ...silentSink,
        input: (input) => this.#heard(input),
        trace: (trace) => this.#traced(trace),
        timerChanged: (timer, isArmed) => this.#timed(timer, isArmed),
      },
    });
    this.#recorded = new Recorded({ replay: this.#replay, rules: new Set([rule]) });
    if (inForce !== undefined) this.#stands(at, inForce.version, inForce.enabled ? 'enabled' : 'disabled');
  }

  /** In the order of the record. */
  give(input: Input): void {
    this.#hasReacted = false;
    if (input.at > this.#options.about) this.#look();
    if (input.kind === 'rule') return this.#ruleChanged(input);
    if (input.kind !== 'message') return this.#recorded.give(input);
    if (!this.#wants(input.topic)) return;
    const previous = this.#replay.world.states.find(input.topic)?.payload;
    this.#recorded.give(input);
    if (!this.#hasReacted) this.#missed(input, previous);
  }

  /** Up to the end of what is asked about; in order of time. */
  finish(to: Timestamp): readonly Happening[] {
    this.#look();
    this.#replay.advanceTo(to);
    for (const run of this.#replay.engine.runs.values()) this.#traced(readyTrace(traceOf(run)));
    for (const [id, { since, due }] of this.#holds)
      this.#tell({ code: 'holding', at: since, about: heldAbout(id), since, due });
    return this.#happenings.sort((a, b) => a.at - b.at);
  }

  /** Of all rows, as they were at the end. */
  get triggers(): readonly Trigger[] {
    return this.#replay.engine.book.find(this.#options.rule)?.triggers ?? [];
  }

  /** Once, at the instant in question. */
  #look(): void {
    const { about, rule } = this.#options;
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    this.#replay.advanceTo(about);
    const state = this.#replay.engine.book.find(rule);
    if (state?.enabled !== true) return;
    const { world, engine } = this.#replay;
    for (const truth of truthsOf(state, world.home, about)) this.#tell(truth);
    for (const one of notDueOf(state, engine.due, about)) if (!this.#cameDue.has(one.path)) this.#tell(one);
  }

  #heard(input: Input): void {
    const { rule, from } = this.#options;
    this.#input = input;
    if (input.kind !== 'schedule' || input.rule !== rule || input.at < from) return;
    const trigger = this.triggers.find(({ slot }) => slot === input.trigger);
    if (trigger !== undefined) this.#cameDue.add(trigger.path);
  }

  #version(version: number): CompiledRule | undefined {
    return this.#options.instead ?? this.#options.findVersion(version);
  }

  #ruleChanged(input: Extract<Input, { kind: 'rule' }>): void {
    const { rule, change, enabled, version, at } = input;
    if (rule !== this.#options.rule) return;
    this.#replay.feed(input);
    const isGone = change === 'deleted' || change === 'suspended';
    this.#stands(at, version, isGone ? change : enabled ? 'enabled' : 'disabled');
  }

  #stands(at: Timestamp, version: number, state: Standing['state']): void {
    this.standings.push({ at, version, state });
  }

  #traced(trace: LateTrace): void {
    if (trace.head.rule !== this.#options.rule) return;
    this.#hasReacted = true;
    if (trace.head.at < this.#options.from) return;
    const woken = wokenOf(trace.read());
    if (!this.#repetition.isAgain(woken)) this.#tell(woken);
  }

  #timed({ id, item, at }: Due<DueItem>, isArmed: boolean): void {
    if (item.kind !== 'hold') return;
    this.#hasReacted = true;
    const now = this.#replay.now;
    if (isArmed) {
      this.#holds.set(id, { since: now, due: at });
      return;
    }
    const held = this.#holds.get(id);
    this.#holds.delete(id);
    const isOver = this.#input?.kind === 'timer' || held === undefined;
    if (!isOver && now >= this.#options.from) this.#tell(this.#reset(heldAbout(id), held, now));
  }

  #reset(about: string, { since, due }: Held, at: Timestamp): HoldHappening {
    const input = this.#input;
    const by =
      input?.kind === 'message' ? { topic: input.topic, value: shown(new Payload(input.payload).value) } : {};
    return { code: 'hold-reset', at, about, since, due, ...by };
  }

  #missed(input: Extract<Input, { kind: 'message' }>, previous: Payload | undefined): void {
    const state = this.#replay.engine.book.find(this.#options.rule);
    if (state === undefined || !state.enabled || input.at < this.#options.from) return;
    for (const { code: why, ...miss } of missesOf(state, { input, previous }))
      this.#tell({ code: 'missed', at: input.at, why, ...miss });
  }

  /** The one that is farthest away makes room. */
  #tell(happening: Happening): void {
    this.#happenings.push(happening);
    if (this.#happenings.length <= 2 * mostHappenings) return;
    const { about } = this.#options;
    const nearest = this.#happenings.sort((a, b) => Math.abs(a.at - about) - Math.abs(b.at - about));
    this.#happenings = nearest.slice(0, mostHappenings);
  }
}
