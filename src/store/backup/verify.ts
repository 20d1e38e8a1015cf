// Whether a backup can be relied on: every file as it was written, databases whole and not of a newer Homerule.
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { messageOf } from '../../base/index.ts';
import { storeError } from '../errors.ts';
import { schemaVersion } from '../sqlite/migrate.ts';
import { historyMigrations } from '../tables/history.ts';
import { truthMigrations } from '../tables/truth.ts';
import { damaged, databaseNames, fileOf, isFile, type Manifest, readManifest } from './manifest.ts';

const known = { 'homerule.db': truthMigrations.length, 'history.db': historyMigrations.length };

export function openReadonly(path: string): Database {
  return new Sqlite(path, { readonly: true, timeout: 5000 });
}

/** Throws `backup-newer` and `backup-damaged`. */
export function checkDatabase(folder: string, name: (typeof databaseNames)[number]): void {
  let db: Database | undefined;
  let version: number;
  try {
    db = openReadonly(join(folder, name));
    version = schemaVersion(db);
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
  } catch (error) {
    throw damaged(folder, name, messageOf(error));
  } finally {
    db?.close();
  }
  if (version > known[name])
    throw storeError(
      'backup-newer',
      `${join(folder, name)} was written by a newer Homerule (schema ${version}, this one knows up to ${known[name]}); use that version`,
      { details: { file: name, schema: version, known: known[name] } },
    );
}

/** Throws `backup-missing`, `backup-newer`, or `backup-damaged`, which names the file. */
export function verify(folder: string): Manifest {
  const manifest = readManifest(folder);
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!isFile(join(folder, path))) throw damaged(folder, path, 'it is missing');
    const found = fileOf(folder, path);
    if (found.bytes !== bytes) throw damaged(folder, path, `it has ${found.bytes} bytes instead of ${bytes}`);
    if (found.sha256 !== sha256) throw damaged(folder, path, 'it is not what was written');
  }
  const names = databaseNames.filter((name) => manifest.files.some(({ path }) => path === name));
  if (!names.includes('homerule.db')) throw damaged(folder, 'homerule.db', 'it is missing');
  for (const name of names) checkDatabase(folder, name);
  return manifest;
}
