// Offers words that fit the place of the cursor, judged by indentation and the section above it. Verbs, options and
// functions are those that the house tells; its check decides, this only saves typing.
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import type { FunctionView, KindFacts } from '../api/types.ts';
import { documentOrder } from '../document/order.ts';

/** What the house tells; empty until it is there. */
export interface RuleWords {
  readonly language: 'en' | 'zh-CN';
  readonly triggers: readonly KindFacts[];
  readonly actions: readonly KindFacts[];
  readonly functions: readonly FunctionView[];
}

interface Word {
  readonly label: string;
  /** What stands behind the label in the list. */
  readonly detail?: string | undefined;
}

const keyPosition = /^(?<indent>\s*)(?<dash>-\s+)?(?<word>[a-zA-Z]*)$/;
const modes = ['single', 'restart', 'queued', 'parallel'].map((label) => ({ label }));

/** The top-level key that the line belongs to. */
export function sectionAbove(state: EditorState, line: number): string | undefined {
  for (let number = line; number > 0; number -= 1) {
    const match = /^(\w+):/.exec(state.doc.line(number).text);
    if (match) return match[1];
  }
  return undefined;
}

/** The kind of the entry that the line stands in: the nearest line above with a dash, further out. */
function kindAbove(state: EditorState, line: number, kinds: readonly KindFacts[]): KindFacts | undefined {
  const indent = /^\s*/.exec(state.doc.line(line).text)?.[0].length ?? 0;
  for (let number = line - 1; number > 0; number -= 1) {
    const match = /^(\s*)-\s+(\w+):/.exec(state.doc.line(number).text);
    if (match && (match[1]?.length ?? 0) < indent) return kinds.find(({ verb }) => verb === match[2]);
  }
  return undefined;
}

function verbs(kinds: readonly KindFacts[], language: RuleWords['language']): readonly Word[] {
  return kinds.map(({ verb, doc }) => ({ label: verb, detail: language === 'zh-CN' ? doc.zh : doc.en }));
}

function options(kind: KindFacts | undefined): readonly Word[] {
  return (kind?.options ?? [])
    .filter(({ name }) => name !== kind?.verb)
    .map(({ name, field, choices }) => ({ label: name, detail: choices?.join(' | ') ?? field }));
}

function wordsAt(
  context: CompletionContext,
  line: number,
  isFirst: boolean,
  words: RuleWords,
): readonly Word[] {
  const section = sectionAbove(context.state, line);
  const isAction = section === 'actions' || section === 'finally';
  if (!isAction && section !== 'triggers') return [];
  const kinds = isAction ? words.actions : words.triggers;
  return isFirst ? verbs(kinds, words.language) : options(kindAbove(context.state, line, kinds));
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

export function ruleCompletions(words: () => RuleWords) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const call = /\$\w*$/.exec(before);
    if (call) {
      const functions = words().functions.map(({ name, signature }) => ({
        label: `$${name}`,
        detail: signature,
      }));
      return offer(functions, line.from + call.index, '');
    }
    const mode = /^mode:\s+(\w*)$/.exec(before);
    if (mode) return offer(modes, context.pos - (mode[1]?.length ?? 0), '');
    const groups = keyPosition.exec(before)?.groups;
    if (!groups) return null;
    const typed = groups['word'] ?? '';
    const hasDash = groups['dash'] !== undefined;
    if (typed === '' && !context.explicit && !hasDash) return null;
    const isTop = groups['indent'] === '' && !hasDash;
    const found = isTop
      ? documentOrder.map((label) => ({ label }))
      : wordsAt(context, line.number, hasDash, words());
    return found.length === 0 ? null : offer(found, context.pos - typed.length, ': ');
  };
}
