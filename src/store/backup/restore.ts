// Puts a backup in the place of what is there, in two halves: staged while the house may run, applied when it does not.
// A death in between loses nothing: what was begun is finished by the next start. Nothing is deleted.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { BackupRestoreView } from '../../api/index.ts';
import { messageOf } from '../../base/index.ts';
import { renameDurably, syncPath, writeDurably } from '../durable.ts';
import { storeError } from '../errors.ts';
import { fileTime } from '../sqlite/set-aside.ts';
import type { RestoreOrder } from './orders.ts';
import { verify } from './verify.ts';
import { backupsFolder, copyInto } from './write-backup.ts';

const noteName = 'restore.json';
const staged = (dir: string): string => join(backupsFolder(dir), '.staged');

const noteSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  by: z.string(),
  kept: z.string().regex(/^replaced-[\w.-]+$/),
  paths: z.array(z.string()),
});

/** A restore that was done. */
export type Restored = Omit<z.output<typeof noteSchema>, 'paths'>;

/** Checked and copied, so that the backup may be anywhere. The last one that was staged counts. Throws what `verify` throws. */
export function stage({ dir, folder, id, by, at }: RestoreOrder): BackupRestoreView {
  const { files, createdAt } = verify(folder);
  const partial = join(backupsFolder(dir), '.partial-staged');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  for (const { path } of files) copyInto(folder, partial, path);
  const kept = `replaced-${fileTime(at)}`;
  const note = { id, createdAt, by, kept, paths: files.map(({ path }) => path) };
  writeDurably(join(partial, noteName), JSON.stringify(note));
  rmSync(staged(dir), { recursive: true, force: true });
  renameDurably(partial, staged(dir));
  return { id, kept };
}

export function isStaged(dir: string): boolean {
  return existsSync(join(staged(dir), noteName));
}

function readNote(dir: string): z.output<typeof noteSchema> {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(join(staged(dir), noteName), 'utf8')));
  } catch (cause) {
    const text = `the restore in ${staged(dir)} cannot be read (${messageOf(cause)}); remove that folder to start without it`;
    throw storeError('backup-damaged', text, { cause });
  }
}

/** `from` to `to`, unless it is there from before. */
function move(from: string, to: string): void {
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  renameSync(from, to);
}

/** Can be done again from wherever it ended. A database's log goes before it, so that no other ever meets it. */
function replace(dir: string, path: string, kept: string): void {
  const fresh = join(staged(dir), path);
  if (!existsSync(fresh)) return;
  for (const suffix of path.endsWith('.db') ? ['-wal', '-shm', ''] : [''])
    move(join(dir, path + suffix), join(kept, path + suffix));
  mkdirSync(dirname(join(dir, path)), { recursive: true, mode: 0o700 });
  renameSync(fresh, join(dir, path));
}

/** Only under the lock of the folder. Undefined when nothing was staged. */
export function applyStaged(dir: string): Restored | undefined {
  if (!isStaged(dir)) return undefined;
  const { paths, ...restored } = readNote(dir);
  const kept = join(dir, restored.kept);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  for (const path of paths) replace(dir, path, kept);
  for (const folder of new Set([dir, kept, ...paths.map((path) => dirname(join(dir, path)))]))
    syncPath(folder);
  rmSync(staged(dir), { recursive: true, force: true });
  syncPath(backupsFolder(dir));
  return restored;
}
