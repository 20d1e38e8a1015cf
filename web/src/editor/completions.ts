// Offers words that fit the place of the cursor, judged by indentation and the section above it.
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import {
  actionOptions,
  actionVerbs,
  documentKeys,
  expressionWords,
  modes,
  triggerOptions,
  triggerVerbs,
  type Word,
} from './vocabulary.ts';

const keyPosition = /^(?<indent>\s*)(?<dash>-\s+)?(?<word>[a-zA-Z]*)$/;

/** The top-level key that the line belongs to. */
export function sectionAbove(state: EditorState, line: number): string | undefined {
  for (let number = line; number > 0; number -= 1) {
    const match = /^(\w+):/.exec(state.doc.line(number).text);
    if (match) return match[1];
  }
  return undefined;
}

function wordsFor(section: string | undefined, isFirstOfEntry: boolean): readonly Word[] {
  if (section === 'triggers') return isFirstOfEntry ? triggerVerbs : triggerOptions;
  if (section === 'actions' || section === 'finally') return isFirstOfEntry ? actionVerbs : actionOptions;
  return [];
}

function offer(words: readonly Word[], from: number, after: string): CompletionResult {
  return {
    from,
    validFor: /^[$\w]*$/,
    options: words.map(({ label, detail }) => ({
      label,
      apply: label + after,
      type: 'keyword',
      ...(detail === undefined ? {} : { detail }),
    })),
  };
}

export function completeRule(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const call = /\$\w*$/.exec(before);
  if (call) return offer(expressionWords, line.from + call.index, '');
  const mode = /^mode:\s+(\w*)$/.exec(before);
  if (mode) return offer(modes, context.pos - (mode[1]?.length ?? 0), '');
  const groups = keyPosition.exec(before)?.groups;
  if (!groups) return null;
  const typed = groups['word'] ?? '';
  if (typed === '' && !context.explicit && groups['dash'] === undefined) return null;
  const isTop = groups['indent'] === '' && groups['dash'] === undefined;
  const section = sectionAbove(context.state, line.number);
  const words = isTop ? documentKeys : wordsFor(section, groups['dash'] !== undefined);
  return words.length === 0 ? null : offer(words, context.pos - typed.length, ': ');
}
