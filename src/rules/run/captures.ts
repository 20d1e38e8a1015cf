// What rules captured and have not restored yet: states of devices under a name, for each rule and key. Rows outlive a
// restart; they go with the rule.
import type { Rows, Timestamp } from '../../base/index.ts';
import type { CapturedDevice, CaptureShelf } from '../compile/plan.ts';
import type { CaptureRow } from '../ports.ts';
import { RunError } from './evaluate.ts';

/** Of one rule, over all keys; one more fails its action. */
const maxCaptures = 1000;

function captureId(rule: string, key: string, name: string): string {
  return `${rule}/${JSON.stringify([key, name])}`;
}

interface Kept {
  readonly at: Timestamp;
  readonly devices: readonly CapturedDevice[];
}

export class Captures {
  /** Set when a row was put or deleted; the engine resets it for each input. */
  isDurable = false;
  readonly #rows: Rows<CaptureRow>;
  /** By rule, then by the id of the row. */
  readonly #kept = new Map<string, Map<string, Kept>>();

  constructor(rows: Rows<CaptureRow>) {
    this.#rows = rows;
  }

  restore({ id, rule, at, devices }: CaptureRow): void {
    this.#of(rule).set(id, { at, devices: JSON.parse(devices) as readonly CapturedDevice[] });
  }

  /** Those of one rule. */
  rowsOf(rule: string): CaptureRow[] {
    return [...(this.#kept.get(rule) ?? [])].map(([id, { at, devices }]) => {
      return { id, rule, at, devices: JSON.stringify(devices) };
    });
  }

  /** A rule is gone. */
  deleteRule(rule: string): void {
    for (const id of this.#kept.get(rule)?.keys() ?? []) this.#deleteRow(id);
    this.#kept.delete(rule);
  }

  /** Those of one rule and key. */
  shelf(rule: string, key: string, at: Timestamp): CaptureShelf {
    const idOf = (name: string): string => captureId(rule, key, name);
    return {
      find: (name) => this.#kept.get(rule)?.get(idOf(name))?.devices,
      put: (name, devices) => this.#put({ id: idOf(name), rule, at, devices: JSON.stringify(devices) }),
      delete: (name) => this.#delete(rule, idOf(name)),
    };
  }

  /** What is held from now on is what a restart would read: changed by nobody. */
  #put(row: CaptureRow): void {
    const kept = this.#of(row.rule);
    if (!kept.has(row.id) && kept.size >= maxCaptures) {
      const words = `this rule holds ${maxCaptures} captures that were not restored`;
      throw new RunError('too-many-captures', words, {
        path: 'actions',
        params: { limit: String(maxCaptures) },
      });
    }
    this.restore(row);
    this.#rows.put(row);
    this.isDurable = true;
  }

  #delete(rule: string, id: string): void {
    if (this.#kept.get(rule)?.delete(id) === true) this.#deleteRow(id);
  }

  #deleteRow(id: string): void {
    this.#rows.delete(id);
    this.isDurable = true;
  }

  #of(rule: string): Map<string, Kept> {
    const known = this.#kept.get(rule);
    if (known !== undefined) return known;
    const made = new Map<string, Kept>();
    this.#kept.set(rule, made);
    return made;
  }
}
