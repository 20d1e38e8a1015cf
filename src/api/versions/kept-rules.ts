// Rules in force with their texts, as they are kept, and which older versions must be at hand.
import type { LiveEngine, RuleLibrary, RuleRow, RuleVersionRow } from '../../rules/index.ts';
import { fail } from '../errors.ts';
import type { RuleStore } from '../ports.ts';
import { expendable, maxUnneeded } from './rule-versions.ts';

/** A rule in force, as it is kept. */
export interface Kept {
  readonly row: RuleRow;
  readonly version: RuleVersionRow;
}

export interface KeptRulesHouse {
  readonly live: LiveEngine;
  readonly library: RuleLibrary;
  readonly store: RuleStore;
}

export class KeptRules {
  readonly #house: KeptRulesHouse;
  readonly #kept = new Map<string, Kept>();

  constructor(house: KeptRulesHouse) {
    this.#house = house;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** In the order of their ids. */
  ids(): readonly string[] {
    return [...this.#kept.keys()].sort((a, b) => (a < b ? -1 : 1));
  }

  has(id: string): boolean {
    return this.#kept.has(id);
  }

  find(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  /** Throws `rule-missing`. */
  get(id: string): Kept {
    const kept = this.#kept.get(id);
    if (kept === undefined) throw fail('rule-missing', `there is no rule "${id}"`);
    return kept;
  }

  /** As a start finds it. */
  load(kept: Kept): void {
    this.#kept.set(kept.row.id, kept);
  }

  /** A new version in force. */
  save(kept: Kept): void {
    const { store } = this.#house;
    this.load(kept);
    store.rules.put(kept.row);
    store.versions.put(kept.version);
  }

  /** Gives the row as it is now. Throws `rule-missing`. */
  switch(id: string, enabled: boolean): RuleRow {
    const kept = this.get(id);
    const row = { ...kept.row, enabled };
    this.load({ ...kept, row });
    this.#house.store.rules.put(row);
    return row;
  }

  /** Its versions stay until they are pruned. */
  delete(id: string): void {
    const { library, store } = this.#house;
    this.#kept.delete(id);
    library.keepOnly(id, new Set());
    store.rules.delete(id);
  }

  /** Numbers go on over a deletion, so that runs and traces of an older rule of this id stay unambiguous. */
  async newest(id: string): Promise<number> {
    const known = this.#kept.get(id);
    if (known !== undefined) return known.row.version;
    const rows = await this.#house.store.versionsOf(id);
    return rows.at(-1)?.version ?? 0;
  }

  /** Compiled versions that nothing needs any more. */
  unload(id: string): void {
    this.#house.library.keepOnly(id, this.#needed(id));
  }

  /** Texts beyond what is kept of each rule. */
  async prune(id: string): Promise<void> {
    const { store } = this.#house;
    if ((this.#kept.get(id)?.row.version ?? 0) <= maxUnneeded) return;
    const rows = await store.versionsOf(id);
    const needs = { versions: this.#needed(id), journalFrom: store.journalFrom() };
    for (const version of expendable(rows, needs)) store.versions.delete(`${id}@${version}`);
  }

  /** Versions of a rule that must be at hand: in force, or to be finished on by runs that wait. */
  #needed(id: string): ReadonlySet<number> {
    const needed = new Set<number>();
    const inForce = this.#kept.get(id)?.row.version;
    if (inForce !== undefined) needed.add(inForce);
    for (const run of this.#house.live.engine.runs.values())
      if (run.rule.id === id) needed.add(run.rule.version);
    return needed;
  }
}
