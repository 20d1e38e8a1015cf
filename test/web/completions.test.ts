// Completion in the text of a rule: what the house knows at the place of the cursor.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { listKinds } from '../../src/rules/index.ts';
import { type RuleWords, ruleCompletions } from '../../web/src/editor/completions.ts';

const words: RuleWords = {
  language: 'en',
  ...listKinds(),
  functions: [{ name: 'state', en: 'x', zh: 'x', isOwn: true }],
};

function offered(text: string): readonly string[] {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const result = ruleCompletions(() => words)(new CompletionContext(state, at, true));
  return (result?.options ?? []).map(({ label }) => label);
}

test.each([
  ['trig|', 'triggers', 'publish'],
  ['triggers:\n  - |', 'silence', 'publish'],
  ['triggers:\n  - silence: a\n    |', 'for', 'qos'],
  ['actions:\n  - if: a\n    then:\n      - publish: a\n        |', 'retain', 'then'],
  ['actions:\n  - |', 'parallel', 'silence'],
  ['conditions:\n  - $st|', '$state', 'publish'],
  ['mode: |', 'restart', 'publish'],
] as const)('%j offers %s', (text, there, absent) => {
  expect(offered(text)).toContain(there);
  expect(offered(text)).not.toContain(absent);
});
