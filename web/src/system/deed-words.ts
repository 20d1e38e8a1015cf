// What somebody did, in words; undefined where there are none for it.
import type { AuditView } from '../api/types.ts';
import { sentenceOf } from '../i18n/sentence-of.ts';
import type { Say } from '../i18n/use-words.ts';

/** What everybody in the house may look at is written down only when a stranger to the house may not. */
function lookedAt(say: Say, { action, outcome, detail }: AuditView): string | undefined {
  return outcome === 'refused' && detail === 'needs read' ? `${say('deed.look')} ${action}` : undefined;
}

export function deedWords(say: Say, entry: AuditView): string | undefined {
  return sentenceOf(say, `deed.${entry.action}`, {}) ?? lookedAt(say, entry);
}
