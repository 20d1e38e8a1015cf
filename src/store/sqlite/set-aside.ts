// Puts an unreadable database aside with its log files. Nothing is ever deleted.
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Timestamp } from '../../base/index.ts';
import type { SetAside } from '../protocol.ts';

/** A time that may stand in a file name. */
export function fileTime(at: Timestamp): string {
  return new Date(at).toISOString().replaceAll(':', '-');
}

function freeName(path: string, suffix: string): string {
  let name = `${path}.${suffix}`;
  for (let i = 2; existsSync(name); i++) name = `${path}.${suffix}.${i}`;
  return name;
}

function newestBackup(path: string): string | null {
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.backup-`));
  return names.sort().at(-1) ?? null;
}

export function setAside(path: string, reason: string, at: Timestamp): SetAside {
  const target = freeName(path, `corrupt-${fileTime(at)}`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return { file: basename(path), movedTo: basename(target), reason, backup: newestBackup(path) };
}
