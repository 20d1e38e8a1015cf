// The password file and the ACL file on disk: both are read and found good, or neither is used.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type LineProblem, messageOf, type PasswordFile, parsePasswordFile } from '../../base/index.ts';
import { fail } from '../errors.ts';
import { type AclFile, parseAclFile } from './acl-file.ts';

export interface FilePaths {
  readonly passwordFile?: string | undefined;
  readonly aclFile?: string | undefined;
}

export interface AccessFiles {
  readonly passwords: PasswordFile['entries'];
  /** Undefined when none is configured; an empty one allows nothing. */
  readonly acl: AclFile | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

async function textOf(path: string, key: string): Promise<string> {
  try {
    return utf8.decode(await readFile(path));
  } catch (cause) {
    throw fail('access-file-unreadable', `${key}: ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function linesOf(path: string, problems: readonly LineProblem[]): string[] {
  return problems.map(({ line, message }) => `${path}:${line}: ${message}`);
}

/** Throws `access-file-unreadable`, or `access-file-invalid` with one line for each problem of both files. */
export async function readAccessFiles({ passwordFile, aclFile }: FilePaths): Promise<AccessFiles> {
  const faults: string[] = [];
  let passwords: PasswordFile['entries'] = new Map();
  let acl: AclFile | undefined;
  if (passwordFile !== undefined) {
    const file = parsePasswordFile(await textOf(passwordFile, 'access.passwordFile'));
    passwords = file.entries;
    faults.push(...linesOf(passwordFile, file.problems));
  }
  if (aclFile !== undefined) {
    acl = parseAclFile(await textOf(aclFile, 'access.aclFile'), basename(aclFile));
    faults.push(...linesOf(aclFile, acl.problems));
  }
  if (faults.length === 0) return { passwords, acl };
  throw fail('access-file-invalid', faults.join('\n'), { details: { faults } });
}
