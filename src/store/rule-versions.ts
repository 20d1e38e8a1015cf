// The saved versions of rules, with the reads that the house needs beside all of them.
import type { RuleVersionRow } from '../rules/index.ts';
import { Table, type TableHouse } from './table.ts';
import { ruleVersionsTable } from './tables/rule-versions.ts';

export class RuleVersions extends Table<RuleVersionRow> {
  constructor(house: TableHouse) {
    super(ruleVersionsTable, house);
  }

  /** Every version of one rule, oldest first. */
  list(rule: string): Promise<RuleVersionRow[]> {
    return this.select('ofRule', [rule]);
  }

  async find(rule: string, version: number): Promise<RuleVersionRow | undefined> {
    const [row] = await this.select('exactly', [rule, version]);
    return row;
  }

  /** The versions in force and those that a suspended run will finish on: all that a start has to load. */
  inUse(): Promise<RuleVersionRow[]> {
    return this.select('inUse', []);
  }
}
