// The backups of a data folder, by what their manifests say.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupView } from '../../api/index.ts';
import { isFile, manifestName, readManifest, viewOf } from './manifest.ts';
import { backupsFolder } from './write-backup.ts';

function readable(folder: string, id: string): BackupView[] {
  try {
    return [viewOf(id, readManifest(join(folder, id)))];
  } catch {
    return []; // asking for it by its id says what is wrong
  }
}

/** Newest first. */
export function listBackups(dir: string): BackupView[] {
  const folder = backupsFolder(dir);
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).filter(
    (id) => !id.startsWith('.') && isFile(join(folder, id, manifestName)),
  );
  return ids.flatMap((id) => readable(folder, id)).sort((a, b) => b.createdAt - a.createdAt);
}
