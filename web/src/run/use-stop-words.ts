// A stop on the way in a sentence, as the rule says it; without the rule as the trace names it.

import type { Trace } from '../api/types.ts';
import { useSpeaker } from '../form/use-speaker.ts';
import { stepWords, verbWords } from '../i18n/code-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { actionSentence } from '../sentence/action.ts';
import { conditionSentence } from '../sentence/condition.ts';
import { plainText } from '../sentence/part.ts';
import { triggerSentence } from '../sentence/trigger.ts';
import type { WayStop } from './way.ts';

const sentences = { trigger: triggerSentence, condition: conditionSentence, action: actionSentence } as const;

export function useStopWords({ trigger }: Pick<Trace, 'trigger'>): (stop: WayStop) => string {
  const { say } = useWords();
  const speaker = useSpeaker();
  return ({ kind, entry, path, steps, expressions }) => {
    if (entry !== undefined) return plainText(sentences[kind](speaker, entry, path));
    if (kind === 'trigger') return trigger.topic ?? verbWords(say, trigger.verb);
    if (kind === 'condition') return expressions.map(({ source }) => source).join(', ');
    return stepWords(say, steps[0]?.verb ?? '');
  };
}
