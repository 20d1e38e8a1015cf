// What a backup says of itself. It may come from elsewhere, so nothing in it is believed before it was checked.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackupView } from '../../api/index.ts';
import { messageOf } from '../../base/index.ts';
import { storeError } from '../errors.ts';
import { keyFileName } from '../seal.ts';

export const manifestName = 'manifest.json';
export const databaseNames = ['homerule.db', 'history.db'] as const;

/** Files and folders of the data folder that a backup may bring. */
const tops: readonly string[] = [...databaseNames, 'homerule.yaml', keyFileName, 'nodered', 'plugins', 'tls'];

/** Below one of those, and nowhere else. */
function isOwnPath(path: string): boolean {
  const parts = path.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return isPlain && !/[\\\0]/.test(path) && tops.includes(parts[0] ?? '');
}

const fileSchema = z.strictObject({
  path: z.string().refine(isOwnPath),
  bytes: z.int().min(0),
  sha256: z.string().length(64),
});

const manifestSchema = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  createdAt: z.number(),
  reason: z.enum(['daily', 'asked']),
  /** Of the key that its secrets are sealed with, which cannot be told from it; null when there was none. */
  keyMark: z.string().nullable(),
  files: z.array(fileSchema),
});

export type Manifest = z.output<typeof manifestSchema>;
export type BackupFile = Manifest['files'][number];

/** Throws `backup-missing` and `backup-damaged`. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName);
  if (!existsSync(path))
    throw storeError('backup-missing', `${folder} is no backup: it has no ${manifestName}`);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw damaged(folder, manifestName, `it cannot be read (${messageOf(cause).slice(0, 200)})`);
  }
}

export function damaged(folder: string, path: string, why: string): Error {
  return storeError('backup-damaged', `${join(folder, path)} is damaged: ${why}`, {
    details: { file: path },
  });
}

export function viewOf(id: string, { version, createdAt, reason, files }: Manifest): BackupView {
  const has = (path: string): boolean => files.some((file) => file.path === path);
  return {
    id,
    createdAt,
    version,
    reason,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    files: files.length,
    hasHistory: has('history.db'),
    hasKey: has(keyFileName),
  };
}

const pieceBytes = 2 ** 20;

export function fileOf(folder: string, path: string): BackupFile {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  let bytes = 0;
  const file = openSync(join(folder, path), 'r');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(file);
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

/** Regular files only: a link could lead anywhere. */
export function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function keyMark(dir: string): string | null {
  const path = join(dir, keyFileName);
  if (!isFile(path)) return null;
  return createHash('sha256').update('homerule key ').update(readFileSync(path)).digest('hex').slice(0, 16);
}
