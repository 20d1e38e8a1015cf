// What is asked of those who make and restore backups, here or in another thread.
import type { BackupPreview, BackupRestoreView, BackupView } from '../../api/index.ts';
import type { Timestamp } from '../../base/index.ts';

export interface BackupOrder {
  /** The data folder. */
  readonly dir: string;
  readonly at: Timestamp;
  readonly version: string;
  readonly reason: 'daily' | 'asked';
  readonly hasHistory: boolean;
  readonly hasKey: boolean;
}

export interface RestoreOrder {
  readonly dir: string;
  /** Of the backup. */
  readonly folder: string;
  readonly id: string;
  readonly by: string;
  readonly at: Timestamp;
}

/** What the keeper of backups does. */
export interface KeeperOperations {
  finish: { in: { readonly folder: string; readonly order: BackupOrder }; out: BackupView };
  preview: {
    in: { readonly dir: string; readonly folder: string; readonly id: string };
    out: BackupPreview;
  };
  stage: { in: RestoreOrder; out: BackupRestoreView };
}
