// Which topics a template can name, as one shape: what is known stays, an unknown level is `+`, and what may hold slashes
// `+/#`, one level or more.
import { filterFault } from '../../base/index.ts';
import type { PlacedExpression, ValueNode } from '../compile/text.ts';
import { textOf } from '../run/evaluate.ts';
import type { Knowledge } from './knowledge.ts';

/** What is not known: one level at most, or anything. No topic holds either. */
const oneLevel = '\u0000';
const anything = '\u0001';

/** A level of the topic by its number. */
const numbered = /^\$?(?:trigger\.)?levels\[-?\d+\]$/;
const param = /^\$?(?:trigger\.)?params\.([\p{L}_][\p{L}\p{N}_]*)$/u;

/** Undefined: it has no value, so that nothing is written. */
function patternOfPart(part: string | PlacedExpression, knowledge: Knowledge): string | undefined {
  if (typeof part === 'string') return part;
  const known = knowledge.part(part);
  if (known !== undefined) return known.value === undefined ? undefined : textOf(known.value, part.path);
  const { source } = part.expression;
  const name = param.exec(source)?.[1] ?? '';
  return numbered.test(source) || knowledge.levels.has(name) ? oneLevel : anything;
}

function patternOf(node: ValueNode, knowledge: Knowledge): string | undefined {
  if (node.kind === 'constant') return String(node.value);
  if (node.kind === 'expression') return patternOfPart(node.part, knowledge);
  if (node.kind !== 'text') return anything;
  const parts = node.parts.map((part) => patternOfPart(part, knowledge));
  return parts.includes(undefined) ? undefined : parts.join('');
}

function levelsOf(level: string): readonly string[] {
  if (level.includes(anything)) return ['+', '#'];
  return [level.includes(oneLevel) ? '+' : level];
}

/** Undefined: nothing of it is known, or it is no topic. */
export function shapeOf(node: ValueNode, knowledge: Knowledge): string | undefined {
  const pattern = patternOf(node, knowledge);
  if (pattern === undefined || /[+#]/.test(pattern)) return undefined;
  const levels = pattern.split('/').flatMap(levelsOf);
  if (levels.every((level) => level === '+' || level === '#')) return undefined;
  const plain = levels.filter((level) => level !== '#').join('/');
  return filterFault(plain) === undefined ? levels.join('/') : undefined;
}

/** It is no filter of MQTT: its own has more topics. */
export const isMadeOfParts = (shape: string): boolean => shape.slice(0, -1).includes('#');

export const isExact = (shape: string): boolean => !/[+#]/.test(shape);
