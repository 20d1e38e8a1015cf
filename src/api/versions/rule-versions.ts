// The versions of a rule: what each changed, and which of the old ones nobody needs any more.
import type { Timestamp } from '../../base/index.ts';
import type { RuleVersionRow } from '../../rules/index.ts';
import type { RuleVersionView, VersionDiff } from '../contract.ts';
import { changedPaths } from './document-diff.ts';
import { unifiedDiff } from './line-diff.ts';

/** Versions kept of one rule even when nobody needs them. */
export const maxUnneeded = 100;
/** Versions kept of one rule at the most, but for those in force and of runs that wait. */
const maxKept = 1000;

export interface VersionNeeds {
  /** In force, or runs that wait will finish on it. */
  readonly versions: ReadonlySet<number>;
  /** The journal goes back to here: what was in force since is needed to understand it. */
  readonly journalFrom: Timestamp;
}

export function versionView(row: RuleVersionRow, before: RuleVersionRow | undefined): RuleVersionView {
  const { rule, version, author, note, savedAt } = row;
  const view = { rule, version, author, note, savedAt };
  return before === undefined ? view : { ...view, diff: diffOf(before, row) };
}

/** Versions to delete, given all that are kept, oldest first. */
export function expendable(rows: readonly RuleVersionRow[], needs: VersionNeeds): number[] {
  const { versions, journalFrom } = needs;
  const found: number[] = [];
  for (const [index, { version }] of rows.entries()) {
    const newer = rows.length - 1 - index;
    const next = rows[index + 1];
    const wasInForce = next === undefined || next.savedAt >= journalFrom;
    const mayGo = newer >= maxKept || (newer >= maxUnneeded && !wasInForce);
    if (mayGo && !versions.has(version)) found.push(version);
  }
  return found;
}

function diffOf(before: RuleVersionRow, after: RuleVersionRow): VersionDiff {
  return {
    from: before.version,
    text: unifiedDiff(before.source, after.source),
    paths: changedPaths(parsed(before.document), parsed(after.document)),
  };
}

/** A damaged row is as good as an empty document. */
export function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}
