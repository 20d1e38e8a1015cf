// The shapes of the versions of a rule.
import type { Timestamp } from '../../base/index.ts';

/** What a version changed. */
export interface VersionDiff {
  /** The version before it that is still kept. */
  readonly from: number;
  /** Unified diff of the texts, without a head; empty when they hold the same lines. */
  readonly text: string;
  /** Where the documents differ, at most 200; empty when only comments or layout do. */
  readonly paths: readonly {
    /** `actions[0].payload` */
    readonly path: string;
    readonly change: 'added' | 'removed' | 'changed';
  }[];
}

/** `GET /rules/{id}/versions` items, newest first; `source` only when one is asked for. */
export interface RuleVersionView {
  readonly rule: string;
  readonly version: number;
  readonly author: string;
  readonly note: string;
  readonly savedAt: Timestamp;
  /** Absent for the oldest that is kept. */
  readonly diff?: VersionDiff;
  readonly source?: string;
}

/** `POST /rules/{id}/rollback` */
export interface RollbackRequest {
  readonly version: number;
  /** `back to version N` when absent. */
  readonly note?: string;
}
