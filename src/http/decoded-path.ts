// The path of a request as text.
import type { Request } from 'express';
import { httpError } from './errors.ts';

/** With its leading slash. Throws `bad-path` for whatever tries to leave the folder that it is looked up in. */
export function decodedPath(request: Request): string {
  let path: string;
  try {
    path = decodeURIComponent(request.path);
  } catch (cause) {
    throw httpError('bad-path', 'the path is not percent-encoded UTF-8', { cause });
  }
  const isOdd = path.includes('\0') || path.includes('\\') || path.split('/').includes('..');
  if (isOdd) throw httpError('bad-path', 'the path holds NUL, a backslash or ..');
  return path;
}
