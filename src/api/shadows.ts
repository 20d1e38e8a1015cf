// Use cases about shadow rules: their ledger, and making them real.
import type { Clock } from '../base/index.ts';
import {
  comparisonWindowMs,
  type LiveEngine,
  promotedText,
  type ShadowLedger,
  type ShadowRow,
} from '../rules/index.ts';
import type { Actor, ListOptions, ShadowsApi } from './api.ts';
import type { PromoteRequest, RuleView, ShadowEntryView, ShadowVerdict, ShadowView } from './contract.ts';
import { fail } from './errors.ts';
import type { Rules } from './rules.ts';

export interface ShadowsHouse {
  readonly shadows: Pick<ShadowLedger, 'list'>;
  readonly rules: Pick<Rules, 'sourceOf' | 'save'>;
  readonly live: Pick<LiveEngine, 'engine'>;
  readonly clock: Clock;
}

const defaultLimit = 100;

export class Shadows implements ShadowsApi {
  readonly #house: ShadowsHouse;

  constructor(house: ShadowsHouse) {
    this.#house = house;
  }

  list(id: string, { limit = defaultLimit, cursor }: ListOptions): ShadowView {
    const { rules, shadows, live, clock } = this.#house;
    rules.sourceOf(id);
    const rows = shadows.list(id, clock.now());
    const from = cursor === undefined ? 0 : rows.findIndex((row) => row.id === cursor) + 1;
    const page = rows.slice(from, from + limit);
    const last = page.at(-1);
    return {
      rule: id,
      isShadow: live.engine.book.find(id)?.rule.isShadow === true,
      windowMs: comparisonWindowMs,
      counts: countsOf(rows),
      items: page.map(viewOf),
      ...(last !== undefined && rows.length > from + limit && { next: last.id }),
    };
  }

  async promote(actor: Actor, id: string, request: PromoteRequest, ifVersion?: number): Promise<RuleView> {
    const { rules } = this.#house;
    const text = promotedText(rules.sourceOf(id));
    if (text === undefined) throw fail('no-shadow', `rule "${id}" does not say \`shadow: true\``);
    const { note = 'no shadow any more', force } = request;
    return rules.save(actor, {
      ...{ id, text, note },
      ...(force !== undefined && { force }),
      ...(ifVersion !== undefined && { ifVersion }),
    });
  }
}

function countsOf(rows: readonly ShadowRow[]): ShadowView['counts'] {
  const counts: Partial<Record<ShadowVerdict, number>> = {};
  for (const { verdict } of rows) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

function viewOf({ rule: _rule, value, realAt, realBy, ...row }: ShadowRow): ShadowEntryView {
  return {
    ...row,
    value: JSON.parse(value) as unknown,
    ...(realAt !== null && { realAt }),
    ...(realBy !== null && { realBy }),
  };
}
