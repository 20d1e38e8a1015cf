// Use cases about timers: what waits for its time, whatever it is; let it come now, or never.
import type { Clock } from '../base/index.ts';
import { type ComingSilence, type Due, type DueItem, heldAbout, type LiveEngine } from '../rules/index.ts';
import type { Actor, TimersApi } from './api.ts';
import type { TimerView } from './contract.ts';
import { fail } from './errors.ts';
import type { Watchers } from './watchers.ts';

export interface TimersHouse {
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly watchers: Watchers;
}

/** What belongs to a rule; the house's own looks at the clock are nobody's business. */
type RuleTimer = Due<Exclude<DueItem, { readonly kind: 'look' }>>;

function isOfRule(due: Due<DueItem>): due is RuleTimer {
  return due.item.kind !== 'look';
}

/** The earliest of them are shown: any topic of the house may fall silent. */
const maxSilences = 1000;

/** Where in its rule's document a timer stands. */
type Place = Pick<TimerView, 'path' | 'verb'>;

export class Timers implements TimersApi {
  readonly #house: TimersHouse;

  constructor(house: TimersHouse) {
    this.#house = house;
  }

  list(): readonly TimerView[] {
    const { due, silences } = this.#house.live.engine;
    const timers = [...due.values()].filter(isOfRule).map((each) => this.#viewOf(each));
    const next = [...silences.coming()].sort((a, b) => a.due - b.due).slice(0, maxSilences);
    const silent = next.map((each) => this.#viewOfSilence(each));
    return [...timers, ...silent].sort((a, b) => a.due - b.due);
  }

  async fire(_actor: Actor, id: string): Promise<void> {
    const { live, clock } = this.#house;
    const at = clock.now();
    const item = live.engine.silences.find(id) === undefined ? this.#find(id).item : undefined;
    if (item?.kind !== 'schedule') live.decide({ kind: 'timer', at, run: id, byHand: true });
    else live.decide({ kind: 'schedule', at, rule: item.rule, trigger: item.trigger, due: at });
  }

  async cancel({ name: by }: Actor, id: string): Promise<void> {
    const { live, clock } = this.#house;
    const at = clock.now();
    const silence = live.engine.silences.find(id);
    if (silence !== undefined) {
      const run = silence.owner.kind === 'wait' ? silence.owner.waiter.run.id : id;
      return live.decide({ kind: 'command', at, command: { do: 'cancel', run }, by });
    }
    const { item } = this.#find(id);
    if (item.kind === 'schedule')
      throw fail(
        'timer-scheduled',
        `"${id}" is a schedule of the rule "${item.rule}": disable the rule or edit it`,
      );
    const run = item.kind === 'run' ? item.run : id;
    live.decide({ kind: 'command', at, command: { do: 'cancel', run }, by });
  }

  /** For the live channel. */
  told(due: Due<DueItem>, isArmed: boolean): void {
    if (!isOfRule(due)) return;
    this.#house.watchers.tell('timers', due.item.rule, () => ({
      change: isArmed ? 'armed' : 'gone',
      timer: this.#viewOf(due),
    }));
  }

  #viewOf({ id, at, item }: RuleTimer): TimerView {
    const leftMs = Math.max(0, at - this.#house.clock.now());
    const head = { id, kind: item.kind, rule: item.rule, due: at, leftMs, ...this.#placeOf(item) };
    if (item.kind === 'run') return { ...head, run: item.run };
    const about = item.kind === 'hold' ? heldAbout(id) : '';
    return about === '' ? head : { ...head, about };
  }

  #viewOfSilence({ id, due, topic, owner }: ComingSilence): TimerView {
    const leftMs = Math.max(0, due - this.#house.clock.now());
    const head = { id, kind: 'silence' as const, due, leftMs, about: topic };
    if (owner.kind === 'trigger') {
      const { state, trigger } = owner;
      return { ...head, rule: state.rule.id, path: trigger.path, verb: trigger.verb };
    }
    const { run, thread } = owner.waiter;
    const { path, verb } = run.rule.plan.instructions[thread.pc] ?? gone;
    return { ...head, rule: run.rule.id, path, verb, run: run.id };
  }

  #find(id: string): RuleTimer {
    const timer = this.#house.live.engine.due.find(id);
    if (timer === undefined || !isOfRule(timer)) throw fail('timer-missing', `there is no timer "${id}"`);
    return timer;
  }

  #placeOf(item: RuleTimer['item']): Place {
    const { book, runs } = this.#house.live.engine;
    if (item.kind === 'run') {
      const run = runs.find(item.run);
      const { path, verb } = run?.rule.plan.instructions[run.find(item.thread)?.pc ?? -1] ?? gone;
      return { path, verb };
    }
    const trigger = book
      .find(item.rule)
      ?.triggers.find(({ slot, mark }) =>
        item.kind === 'hold' ? mark === item.mark : slot === item.trigger,
      );
    return { path: trigger?.path ?? '', verb: trigger?.verb ?? '' };
  }
}

/** Its run has ended, its trigger was edited away. */
const gone: Place = { path: '', verb: '' };
