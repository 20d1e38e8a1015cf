// Why a trigger did not want a message, in words.
import type { MissView } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { inSequence } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';

export interface Missed extends Pick<MissView, 'topic' | 'value' | 'wanted' | 'hint'> {
  readonly why: MissView['code'];
}

export function useMissWords(): (missed: Missed) => string {
  const { say } = useWords();
  return ({ why, topic, value, wanted, hint }) => {
    const values = { topic, value: inline(value, 60), wanted: inline(wanted, 60) };
    const words = say(`why.miss.${why}`, values);
    return inSequence([words, hint && say(`why.hint.${hint}`)]);
  };
}
