// Why somebody was not let in, in words: from the broker's code within its sentence, which stays where it has none.
import { sentenceOf } from '../i18n/sentence-of.ts';
import type { Say } from '../i18n/use-words.ts';

export function entryWords(say: Say, detail: string): string {
  const [, code = '', user] = /^login refused \(([\w-]+)\)(?:; user (.*))?$/s.exec(detail) ?? [];
  const why = sentenceOf(say, `access.denial.why.${code}`, {});
  return why === undefined ? detail : [user ?? '', why].filter(Boolean).join(' · ');
}
