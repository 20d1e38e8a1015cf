// What differs between two texts of a rule: in sentences, and line by line.
import { useMemo } from 'react';
import { valueIn } from '../document/apply-edit.ts';
import { isTree, type Tree } from '../document/edit.ts';
import { around, type DiffLine, lineDiff } from '../document/line-diff.ts';
import { useKinds } from '../form/use-kinds.ts';
import { useSpeaker } from '../form/use-speaker.ts';
import { ruleLines } from '../sentence/rule-lines.ts';

/** Undefined stands for lines that were left out. */
export type Changes = readonly (DiffLine | undefined)[];

function treeOf(text: string): Tree {
  const value = valueIn(text)?.value;
  return isTree(value) ? value : {};
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

export function useChanges(before: string, after: string) {
  const speaker = useSpeaker();
  const kinds = useKinds()?.actions;
  return useMemo((): { readonly text: Changes; readonly sentences: Changes } => {
    const text = around(lineDiff(linesOf(before), linesOf(after)), 2);
    if (!kinds) return { text, sentences: [] };
    const [old, now] = [before, after].map((each) => ruleLines({ speaker, kinds }, treeOf(each)));
    return { text, sentences: around(lineDiff(old ?? [], now ?? []), 1) };
  }, [before, after, speaker, kinds]);
}
