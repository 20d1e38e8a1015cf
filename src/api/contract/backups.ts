// The shapes about backups: what there is, what one holds, and what restoring it would change.
import type { Timestamp } from '../../base/index.ts';

/** `GET /backups` items, newest first; `POST /backups` answers one. */
export interface BackupView {
  readonly id: string;
  readonly createdAt: Timestamp;
  /** Of Homerule. */
  readonly version: string;
  /** Daily ones make room for newer ones, the others stay until somebody deletes them. */
  readonly reason: 'daily' | 'asked';
  readonly bytes: number;
  readonly files: number;
  /** With the journal, the runs and the figures of the past. */
  readonly hasHistory: boolean;
  /** With the key of the secrets and those of TLS. */
  readonly hasKey: boolean;
}

/** `POST /backups` */
export interface BackupRequest {
  readonly history?: boolean;
  /** With the key: whoever has the backup can then read every secret. */
  readonly withKey?: boolean;
}

/** One thing that restoring would bring back, take away or change. */
export interface BackupDifference {
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Versions of a rule: as it is now, and as it would be. */
  readonly from?: number;
  readonly to?: number;
}

export type BackupSubject =
  | 'rules'
  | 'devices'
  | 'variables'
  | 'users'
  | 'access'
  | 'bridges'
  | 'plugins'
  | 'secrets'
  | 'files';

export interface BackupComparison {
  readonly subject: BackupSubject;
  /** In the backup. */
  readonly count: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The first 500 of them. */
  readonly items: readonly BackupDifference[];
}

/** `GET /backups/{id}`: checked, and compared with the house as it is now. */
export interface BackupPreview extends BackupView {
  readonly comparisons: readonly BackupComparison[];
  /** Restored secrets can be read with the key that the house would then have. */
  readonly canReadSecrets: boolean;
  /** What its journal spans; absent without history. */
  readonly journal?: { readonly from: Timestamp; readonly to: Timestamp };
}

/** `POST /backups/{id}/restore` */
export interface BackupRestoreView {
  readonly id: string;
  /** Folder in the data folder in which what is there now is kept. */
  readonly kept: string;
}
