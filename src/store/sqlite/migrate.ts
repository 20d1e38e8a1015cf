// Brings a database to the newest schema, one transaction for each step, after a backup of what was there.
import type { Database } from 'better-sqlite3';
import { messageOf, type Timestamp } from '../../base/index.ts';
import { copyDatabase } from '../durable.ts';
import { storeError } from '../errors.ts';
import { fileTime } from './set-aside.ts';

const versionTable = `CREATE TABLE schema_version (
  version INTEGER NOT NULL PRIMARY KEY,
  applied_at INTEGER NOT NULL
) STRICT;`;

/** 0 for a database without tables. */
export function schemaVersion(db: Database): number {
  const isNew =
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'").get() ===
    undefined;
  if (isNew) return 0;
  return db.prepare<[], number>('SELECT coalesce(max(version), 0) FROM schema_version').pluck().get() ?? 0;
}

export async function migrate(db: Database, migrations: readonly string[], at: Timestamp): Promise<void> {
  const from = schemaVersion(db);
  if (from === migrations.length) return;
  if (from > 0) await copyDatabase(db, `${db.name}.backup-${fileTime(at)}-schema${from}`);
  for (const [index, sql] of migrations.entries()) {
    if (index >= from) apply(db, { version: index + 1, sql, at });
  }
}

function apply(
  db: Database,
  step: { readonly version: number; readonly sql: string; readonly at: number },
): void {
  const run = db.transaction(() => {
    if (step.version === 1) db.exec(versionTable);
    db.exec(step.sql);
    db.prepare('INSERT INTO schema_version VALUES (?, ?)').run(step.version, step.at);
  });
  try {
    run.immediate();
  } catch (cause) {
    throw storeError(
      'store-migration-failed',
      `${db.name} could not be brought to schema ${step.version}: ${messageOf(cause)}; it is unchanged`,
      { cause },
    );
  }
}
