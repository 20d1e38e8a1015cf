// What restoring a backup would change, found by comparing it with the data folder as it is now.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { BackupComparison, BackupDifference, BackupPreview, BackupSubject } from '../../api/index.ts';
import { databaseNames, fileOf, keyMark, type Manifest, viewOf } from './manifest.ts';
import { openReadonly, verify } from './verify.ts';

interface Subject {
  readonly subject: BackupSubject;
  readonly table: string;
  /** Columns `id`, `version` (or 0) and `mark`, which differs when the thing does. */
  readonly sql: string;
}

const subjects: readonly Subject[] = [
  {
    subject: 'rules',
    table: 'rules',
    sql: `SELECT id, rules.version AS version, enabled || ' ' || coalesce(source, '') AS mark FROM rules
      LEFT JOIN rule_versions ON rule = id AND rule_versions.version = rules.version`,
  },
  { subject: 'devices', table: 'devices', sql: "SELECT id, 0 AS version, '' AS mark FROM devices" },
  {
    subject: 'variables',
    table: 'variables',
    sql: 'SELECT name AS id, 0 AS version, value AS mark FROM variables',
  },
  {
    subject: 'users',
    table: 'users',
    sql: "SELECT name AS id, 0 AS version, role || ' ' || enabled || ' ' || password AS mark FROM users",
  },
  { subject: 'access', table: 'acl', sql: "SELECT id, 0 AS version, '' AS mark FROM acl" },
  {
    subject: 'bridges',
    table: 'bridges',
    sql: 'SELECT name AS id, 0 AS version, settings AS mark FROM bridges',
  },
  {
    subject: 'plugins',
    table: 'plugins',
    sql: "SELECT id, 0 AS version, enabled || ' ' || config AS mark FROM plugins",
  },
  {
    subject: 'secrets',
    table: 'secrets',
    sql: 'SELECT name AS id, 0 AS version, hex(sealed) AS mark FROM secrets',
  },
];

const maxItems = 500;

interface Thing {
  readonly id: string;
  readonly version: number;
  readonly mark: string;
}

type Things = ReadonlyMap<string, Thing>;

function thingsOf(db: Database | undefined, { table, sql }: Subject): Things {
  const isThere = db?.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  if (db === undefined || isThere === undefined) return new Map();
  return new Map(
    db
      .prepare<[], Thing>(sql)
      .all()
      .map((thing) => [thing.id, thing]),
  );
}

function differenceOf(now: Thing | undefined, then: Thing | undefined): BackupDifference[] {
  if (now?.mark === then?.mark && now?.version === then?.version) return [];
  const change = now === undefined ? 'added' : then === undefined ? 'removed' : 'changed';
  return [
    {
      id: (then ?? now)?.id ?? '',
      change,
      ...(now !== undefined && now.version > 0 && { from: now.version }),
      ...(then !== undefined && then.version > 0 && { to: then.version }),
    },
  ];
}

function compare(subject: BackupSubject, now: Things, then: Things): BackupComparison {
  const ids = [...new Set([...then.keys(), ...now.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const all = ids.flatMap((id) => differenceOf(now.get(id), then.get(id)));
  const count = (change: BackupDifference['change']): number =>
    all.filter((one) => one.change === change).length;
  return {
    subject,
    count: then.size,
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    items: all.slice(0, maxItems),
  };
}

/** Files that only the data folder has stay, so they are no difference. */
function compareFiles(dir: string, { files }: Manifest): BackupComparison {
  const plain = files.filter(({ path }) => !databaseNames.some((name) => name === path));
  const then = plain.map(({ path, sha256 }): [string, Thing] => [
    path,
    { id: path, version: 0, mark: sha256 },
  ]);
  const present = plain.filter(({ path }) => existsSync(join(dir, path)));
  const now = present.map(({ path }): [string, Thing] => [
    path,
    { id: path, version: 0, mark: fileOf(dir, path).sha256 },
  ]);
  return compare('files', new Map(now), new Map(then));
}

function journalOf(folder: string): BackupPreview['journal'] {
  const db = openReadonly(join(folder, 'history.db'));
  try {
    const sql =
      'SELECT min(first_at) AS "from", max(last_at) AS "to" FROM chunks WHERE first_at IS NOT NULL HAVING count(*) > 0';
    return db.prepare<[], { from: number; to: number }>(sql).get();
  } finally {
    db.close();
  }
}

/** Throws what `verify` throws. */
export function preview(dir: string, folder: string, id: string): BackupPreview {
  const manifest = verify(folder);
  const view = viewOf(id, manifest);
  const then = openReadonly(join(folder, 'homerule.db'));
  const path = join(dir, 'homerule.db');
  const now = existsSync(path) ? openReadonly(path) : undefined;
  try {
    const comparisons = subjects.map((one) => compare(one.subject, thingsOf(now, one), thingsOf(then, one)));
    const secrets = comparisons.find(({ subject }) => subject === 'secrets')?.count ?? 0;
    const journal = view.hasHistory ? journalOf(folder) : undefined;
    return {
      ...view,
      comparisons: [...comparisons, compareFiles(dir, manifest)],
      canReadSecrets: secrets === 0 || view.hasKey || keyMark(dir) === manifest.keyMark,
      ...(journal !== undefined && { journal }),
    };
  } finally {
    then.close();
    now?.close();
  }
}
