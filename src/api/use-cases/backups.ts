// What adapters may ask about backups.
import type { Actor } from '../access/actor.ts';
import type { BackupPreview, BackupRequest, BackupRestoreView, BackupView } from '../contract/backups.ts';

export interface BackupsApi {
  /** Newest first. */
  list(): readonly BackupView[];
  /** Throws `backup-busy`, `backup-failed`. */
  make(actor: Actor, request: BackupRequest): Promise<BackupView>;
  /** Checked, and compared with the house. Throws `backup-missing`, `backup-damaged`, `backup-newer`. */
  get(id: string): Promise<BackupPreview>;
  /** Throws `backup-missing`. */
  delete(actor: Actor, id: string): Promise<void>;
  /** The house then starts anew with it. Throws as `get`. */
  restore(actor: Actor, id: string): Promise<BackupRestoreView>;
}
