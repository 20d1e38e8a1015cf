// The ledger of shadow rules: what they would have done, what reality says of it, and what people did that they would not
// have done. Bounded for each rule; rows outlive a restart. It looks on and decides nothing.
import { isDeepStrictEqual } from 'node:util';
import type { Ids, Rows, Timestamp } from '../../base/index.ts';
import { type Device, encodePayload, Payload, type TopicState } from '../../devices/index.ts';
import type { ShadowEffect } from '../effect.ts';
import { shown } from '../trace/shown.ts';
import { Comparison, comparisonWindowMs, type Happening, type Seen, type Values } from './comparison.ts';
import type { ShadowRow } from './shadow-row.ts';

export interface LedgerHouse {
  readonly rows: Rows<ShadowRow>;
  readonly ids: Ids;
  readonly states: { find(topic: string): TopicState | undefined };
  readonly devices: { find(id: string): Device | undefined };
}

/** Of each rule, of what it would have done and of what people did. */
export const mostShadowRows = 1000;

type Shelf = Map<string, ShadowRow>;

const topicPrefix = 'topic ';
const devicePrefix = 'device ';
const hands: ReadonlySet<string> = new Set(['client', 'api']);

function authorOf({ origin, id }: { readonly origin: string; readonly id: string }): string {
  return id === '' ? origin : `${origin} ${id}`;
}

export class ShadowLedger {
  readonly #house: LedgerHouse;
  /** By rule, oldest first. */
  readonly #wishes = new Map<string, Shelf>();
  readonly #deeds = new Map<string, Shelf>();
  /** When properties of watched devices changed last, as far as it was told. */
  readonly #changedAt = new Map<string, Timestamp>();
  readonly #comparison: Comparison;

  constructor(house: LedgerHouse) {
    this.#house = house;
    this.#comparison = new Comparison({
      matched: ({ id, rule }, seen) => this.#judge(rule, id, 'matched', seen),
      missed: ({ id, rule, isGappy }) => this.#judge(rule, id, isGappy === true ? 'unknown' : 'missed'),
      byHand: (rule, target, happening) => this.#deed(rule, target, happening),
    });
  }

  /** At a start, when the house is as it was left. What was to be decided goes on. */
  load(rows: Iterable<ShadowRow>, now: Timestamp): void {
    for (const row of [...rows].sort((a, b) => a.at - b.at)) {
      const target = targetOf(row);
      if (target !== undefined) this.#comparison.watch(row.rule, target);
      if (target === undefined || row.verdict !== 'pending') this.#put(row, false);
      else this.#goOn(row, target, now);
    }
  }

  /** What was so at the end was brought about; what comes now still may be. That nobody did it meanwhile is not known. */
  #goOn(row: ShadowRow, target: string, now: Timestamp): void {
    const { id, rule, at, what } = row;
    const asked = { id, rule, target, at, values: valuesOf(what, JSON.parse(row.value)), isGappy: true };
    const so = this.#isSo(target, asked.values);
    const ends = at + comparisonWindowMs;
    if (so !== undefined && so.at <= ends)
      return this.#put({ ...row, verdict: 'matched', realAt: so.at, realBy: so.by });
    const isOpen = now < ends;
    this.#put(isOpen ? row : { ...row, verdict: 'unknown' }, !isOpen);
    if (isOpen) this.#comparison.wish(asked);
  }

  /** What a rule would have done. */
  shadowed(effect: ShadowEffect): void {
    const { id, rule, version, run, at, wish } = effect;
    const what: ShadowRow['what'] = wish === undefined ? effect.what : 'set';
    const [target, value] =
      wish === undefined ? [effect.target, effect.value] : [wish.device, wish.properties];
    const head = { id, rule, version, run, at, what, target, value: textOf(value) };
    const watched = targetOf(head);
    if (watched === undefined) return this.#put({ ...head, ...unseen, verdict: 'uncompared' });
    const values = valuesOf(what, value);
    const asked = { id, rule, target: watched, at, values };
    this.#comparison.passed(at);
    this.#comparison.watch(rule, watched);
    const so = this.#isSo(watched, values);
    if (so === undefined) {
      this.#put({ ...head, ...unseen, verdict: 'pending' });
      return this.#comparison.wish(asked);
    }
    this.#comparison.explain(asked);
    const verdict = so.at >= at - comparisonWindowMs ? 'matched' : 'already';
    this.#put({ ...head, verdict, realAt: so.at, realBy: so.by });
  }

  /** A message was kept. */
  // hot: test/bench/engine.ts
  stateKept(state: TopicState): void {
    if (this.#wishes.size === 0) return;
    const target = `${topicPrefix}${state.topic}`;
    if (!this.#comparison.isWatched(target)) return;
    const { at, changedAt, origin, by: id } = state;
    const values = { '': state.payload.value };
    const isByHand = hands.has(origin) && changedAt === at;
    this.#comparison.happened(target, { at, by: authorOf({ origin, id }), values, isByHand }, values);
  }

  /** A device reported, or was told something. */
  deviceChanged(device: Device): void {
    const target = `${devicePrefix}${device.id}`;
    if (this.#wishes.size === 0 || !this.#comparison.isWatched(target)) return;
    const now = Object.fromEntries([...device.states].map(([name, { value }]) => [name, value]));
    for (const [name, { value, at, changedAt, by }] of device.states) {
      const key = `${target} ${name}`;
      if (this.#changedAt.get(key) === changedAt) continue;
      const isFirstLook = !this.#changedAt.has(key) && changedAt !== at;
      this.#changedAt.set(key, changedAt);
      if (isFirstLook) continue;
      const isByHand = hands.has(by.origin);
      this.#comparison.happened(target, { at, by: authorOf(by), values: { [name]: value }, isByHand }, now);
    }
  }

  /** Newest first. */
  list(rule: string, now: Timestamp): readonly ShadowRow[] {
    this.#comparison.passed(now);
    const rows = [this.#wishes, this.#deeds].flatMap((shelves) => [...(shelves.get(rule)?.values() ?? [])]);
    return rows.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  }

  /** The rule is gone. */
  deleteRule(rule: string): void {
    this.#comparison.forget(rule);
    for (const shelves of [this.#wishes, this.#deeds]) {
      for (const id of shelves.get(rule)?.keys() ?? []) this.#house.rows.delete(id);
      shelves.delete(rule);
    }
  }

  /** Since when and by whom it is as it is wanted; undefined when it is not. */
  #isSo(target: string, values: Values): Seen | undefined {
    const { states, devices } = this.#house;
    if (target.startsWith(topicPrefix)) {
      const state = states.find(target.slice(topicPrefix.length));
      const isSame = state !== undefined && isDeepStrictEqual(state.payload.value, values['']);
      return isSame
        ? { at: state.changedAt, by: authorOf({ origin: state.origin, id: state.by }) }
        : undefined;
    }
    const device = devices.find(target.slice(devicePrefix.length));
    const found = Object.entries(values).map(([name, value]) => {
      const state = device?.states.get(name);
      return state !== undefined && isDeepStrictEqual(state.value, value) ? state : undefined;
    });
    const [last] = found.toSorted((a, b) => (b?.changedAt ?? 0) - (a?.changedAt ?? 0));
    return last === undefined || found.includes(undefined)
      ? undefined
      : { at: last.changedAt, by: authorOf(last.by) };
  }

  #judge(rule: string, id: string, verdict: 'matched' | 'missed' | 'unknown', seen?: Seen): void {
    const row = this.#wishes.get(rule)?.get(id);
    if (row !== undefined) this.#put({ ...row, verdict, realAt: seen?.at ?? null, realBy: seen?.by ?? null });
  }

  #deed(rule: string, target: string, { at, by, values }: Happening): void {
    const isDevice = target.startsWith(devicePrefix);
    const value = textOf(isDevice ? values : values['']);
    const head = { id: this.#house.ids.next(), rule, version: 0, run: '', at } as const;
    const [what, name] = isDevice
      ? (['set', target.slice(devicePrefix.length)] as const)
      : (['publish', target.slice(topicPrefix.length)] as const);
    this.#put({ ...head, what, target: name, value, verdict: 'by-hand', realAt: at, realBy: by });
  }

  #put(row: ShadowRow, isNews = true): void {
    const shelves = row.verdict === 'by-hand' ? this.#deeds : this.#wishes;
    const shelf: Shelf = shelves.get(row.rule) ?? new Map();
    shelves.set(row.rule, shelf.set(row.id, row));
    if (isNews) this.#house.rows.put(row);
    for (const id of shelf.keys()) {
      if (shelf.size <= mostShadowRows) return;
      shelf.delete(id);
      this.#house.rows.delete(id);
    }
  }
}

const unseen = { realAt: null, realBy: null } as const;

/** What reality shows it by; undefined for what it does not show. */
function targetOf({ what, target }: Pick<ShadowRow, 'what' | 'target'>): string | undefined {
  if (what === 'publish') return `${topicPrefix}${target}`;
  if (what === 'variable') return `${topicPrefix}homerule/var/${target}`;
  return what === 'set' ? `${devicePrefix}${target}` : undefined;
}

/** Of a device its properties, of everything else what a message of it says. */
function valuesOf(what: ShadowRow['what'], value: unknown): Values {
  return what === 'set' && typeof value === 'object' ? { ...value } : { '': plain(value) };
}

/** As a message of it is read. */
function plain(value: unknown): unknown {
  return new Payload(encodePayload(value)).value;
}

function textOf(value: unknown): string {
  return JSON.stringify(shown(value ?? null));
}
