// mosquitto.conf as options with the place where each stands; files of include_dir are read where they are named.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';

export interface MosquittoOption {
  readonly name: string;
  readonly value: string;
  /** `mosquitto.conf:12` */
  readonly where: string;
}

/** A folder that includes itself would never end. */
const deepest = 5;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw fail('config-missing', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** mosquitto reads the files that end in .conf, in the order of their names. */
function filesOf(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.conf'));
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    throw fail('config-missing', `include_dir ${folder} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** Throws `config-missing`. */
export function readMosquittoOptions(path: string, depth = 0): MosquittoOption[] {
  const options: MosquittoOption[] = [];
  for (const [index, raw] of textOf(path).split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', value = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
    const where = `${relative('.', path)}:${index + 1}`;
    if (name !== 'include_dir') options.push({ name, value, where });
    else if (depth >= deepest) throw fail('bad-config', `${where}: include_dir goes round in a circle`);
    else for (const file of filesOf(value)) options.push(...readMosquittoOptions(file, depth + 1));
  }
  return options;
}
