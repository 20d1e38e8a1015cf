// ETag, If-Match and If-None-Match: a rule's version is its tag.
import type { IncomingHttpHeaders } from 'node:http';
import { httpError } from './errors.ts';

export function etag(version: number): string {
  return `"${version}"`;
}

function versionOf(tag: string): number {
  const match = /^"?(\d{1,15})"?$/.exec(tag.trim());
  if (match === null) {
    throw httpError('bad-precondition', `If-Match takes one version such as "3", got ${tag.slice(0, 80)}`);
  }
  return Number(match[1]);
}

/**
 * The version that the caller saw: of `If-Match: "3"` 3, of `If-None-Match: *` 0 (must not exist yet), of none
 * undefined. Throws `bad-precondition`.
 */
export function expectedVersion(headers: IncomingHttpHeaders): number | undefined {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw httpError('bad-precondition', 'If-Match and If-None-Match exclude each other');
  }
  if (ifMatch !== undefined) return versionOf(ifMatch);
  if (ifNoneMatch === undefined) return undefined;
  if (ifNoneMatch.trim() !== '*') {
    throw httpError('bad-precondition', `If-None-Match takes only * here, got ${ifNoneMatch.slice(0, 80)}`);
  }
  return 0;
}
