// A rule in one line: what wakes it first, and what it does first.
import type { RuleSummary } from '../api/types.ts';
import { actionSentence } from '../sentence/action.ts';
import { filled, type Part, type Speaker } from '../sentence/part.ts';
import { triggerSentence } from '../sentence/trigger.ts';

/** Undefined when there is nothing to say. */
export function outlineSentence(speaker: Speaker, { outline }: RuleSummary): readonly Part[] | undefined {
  if (outline?.trigger === undefined || outline.action === undefined) return undefined;
  const more = outline.triggers + outline.actions - 2;
  const sentence = filled(speaker, 'rules.sentence', {
    trigger: triggerSentence(speaker, outline.trigger, []),
    action: actionSentence(speaker, outline.action, []),
  });
  return more > 0
    ? [...sentence, { text: ` ${speaker.say('rules.sentence.more', { count: more })}` }]
    : sentence;
}
