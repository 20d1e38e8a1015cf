// The number of a version, as it stands in a path.
import { httpError } from './errors.ts';

/** Throws `bad-path`. */
export function versionNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw httpError('bad-path', `a version is a whole number from 1, got "${text.slice(0, 80)}"`);
}
