// A whole rule as lines of sentences, the steps inside a step further in: to compare two of them.
import type { KindFacts } from '../api/types.ts';
import { isTree, listOf, type Tree, valueAt } from '../document/edit.ts';
import { actionSentence } from './action.ts';
import { conditionSentence } from './condition.ts';
import { plainText, type Speaker } from './part.ts';
import { triggerSentence } from './trigger.ts';
import { valueText } from './values.ts';

export interface RuleLines {
  readonly speaker: Speaker;
  /** Of actions. */
  readonly kinds: readonly KindFacts[];
}

const step = '  ';
const bodies: ReadonlySet<string> = new Set(['triggers', 'conditions', 'actions', 'finally']);

function marked(text: string, entry: unknown, { speaker }: RuleLines): string {
  const isOff = isTree(entry) && entry['enabled'] === false;
  return isOff ? `${text} (${speaker.say('form.off')})` : text;
}

function blockLines(lines: RuleLines, entry: Tree, indent: string): readonly string[] {
  const blocks = lines.kinds.find(({ verb }) => Object.hasOwn(entry, verb))?.options ?? [];
  return blocks.flatMap(({ name, field }) => {
    const inside = entry[name];
    if (field === 'actions' && inside !== undefined)
      return [`${indent}${name}:`, ...actionLines(lines, inside, indent + step)];
    if (field === 'lists')
      return listOf(inside).flatMap((list) => [`${indent}-`, ...actionLines(lines, list, indent + step)]);
    if (field !== 'branches') return [];
    return listOf(inside).flatMap((branch) => [
      indent + plainText(conditionSentence(lines.speaker, valueAt(branch, ['when']), [])),
      ...actionLines(lines, valueAt(branch, ['then']), indent + step),
    ]);
  });
}

function actionLines(lines: RuleLines, list: unknown, indent: string): readonly string[] {
  return listOf(list).flatMap((entry) => [
    indent + marked(plainText(actionSentence(lines.speaker, entry, [])), entry, lines),
    ...(isTree(entry) ? blockLines(lines, entry, indent + step) : []),
  ]);
}

export function ruleLines(lines: RuleLines, tree: Tree): readonly string[] {
  const { speaker } = lines;
  const settings = Object.entries(tree).filter(([key]) => !bodies.has(key));
  const triggers = listOf(tree['triggers']).map((entry) =>
    marked(plainText(triggerSentence(speaker, entry, [])), entry, lines),
  );
  const conditions = listOf(tree['conditions']).map((entry) =>
    plainText(conditionSentence(speaker, entry, [])),
  );
  const { say } = speaker;
  return [
    ...settings.map(([key, value]) => `${key}: ${valueText(value)}`),
    ...triggers.map((line) => `${say('form.triggers')}: ${line}`),
    ...conditions.map((line) => `${say('form.conditions')}: ${line}`),
    ...actionLines(lines, tree['actions'], `${say('form.actions')}: `),
    ...actionLines(lines, tree['finally'], `${say('form.finally')}: `),
  ];
}
