// What every key of the configuration says of itself, and kinds of values that several keys take.
import { z } from 'zod';
import { parseDuration } from '../base/index.ts';

/** What the reference says of a key. */
export interface KeyDoc {
  /** One sentence. */
  readonly about: string;
  /** What a value must be, after "expected". */
  readonly expected: string;
  /** A path in the file is taken from the folder of that file, elsewhere from the working directory. */
  readonly isPath?: boolean;
  /** What stands in when there is no value and no fixed default. */
  readonly otherwise?: string;
  readonly isSecret?: boolean;
}

export const keyDocs = z.registry<KeyDoc>();

export function isDuration(text: string): boolean {
  try {
    return parseDuration(text) > 0;
  } catch {
    return false;
  }
}

export function count(fallback: number, about: string) {
  const schema = z.int().min(1).max(2_147_483_647).default(fallback);
  return schema.register(keyDocs, { about, expected: 'a whole number from 1' });
}
