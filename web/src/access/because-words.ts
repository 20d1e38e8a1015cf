// Why the broker lets somebody or not, in words. Lines of rules and of an ACL file are said as they are written.
import type { AclCheckView } from '../api/types.ts';
import { sentenceOf } from '../i18n/sentence-of.ts';
import type { Say } from '../i18n/use-words.ts';

export function becauseWords(say: Say, { because, why, line = '' }: AclCheckView): string {
  return sentenceOf(say, `access.because.${why}`, { line }) ?? because;
}
