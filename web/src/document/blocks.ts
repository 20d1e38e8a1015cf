// Where the parts of a YAML text begin and end, line by line, with the comments that belong to them.
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

export interface Region {
  readonly from: number;
  readonly to: number;
  /** Columns before its first character that counts: the dash of an item, the key of a pair. */
  readonly indent: number;
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

export function isBlock(node: unknown): node is YAMLMap | YAMLSeq {
  return isCollection(node) && node.flow !== true && node.items.length > 0;
}

function lastPartOf(node: YAMLMap | YAMLSeq): unknown {
  const last: unknown = node.items.at(-1);
  return isPair(last) ? (last.value ?? last.key) : last;
}

/** Behind the last character of a node that is no comment. */
export function contentEnd(node: unknown): number {
  if (isBlock(node)) return contentEnd(lastPartOf(node));
  return isNodeWithRange(node) ? node.range[1] : -1;
}

function isCommentLine(line: string): boolean {
  return line.trimStart().startsWith('#');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Over the comment lines directly above that stand at the same column. */
function withCommentsAbove(text: string, from: number, indent: number): number {
  let start = from;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start - 1);
    if (!isCommentLine(line) || indentOf(line) !== indent) break;
    start = above;
  }
  return start;
}

/** Over the comment lines directly below that stand further in. */
function withCommentsBelow(text: string, to: number, indent: number): number {
  let end = to;
  while (end < text.length) {
    const next = lineEnd(text, end);
    const line = text.slice(end, next);
    if (!isCommentLine(line) || indentOf(line) <= indent) break;
    end = next;
  }
  return end;
}

/** To the end of the line on which the node ends; a block of text ends with its line break already. */
export function nodeLinesEnd(text: string, node: unknown): number {
  const end = contentEnd(node);
  return end > 0 && text[end - 1] === '\n' ? end : lineEnd(text, end);
}

/** Whole lines of an item of a block list. Undefined where it shares its first line with something else. */
export function itemRegion(text: string, list: YAMLSeq, index: number): Region | undefined {
  const node: unknown = list.items[index];
  if (list.flow === true || !isNodeWithRange(node)) return undefined;
  const start = lineStart(text, node.range[0]);
  const head = /^(\s*)-\s+$/.exec(text.slice(start, node.range[0]));
  if (!head) return undefined;
  const indent = head[1]?.length ?? 0;
  const to = withCommentsBelow(text, nodeLinesEnd(text, node), indent);
  return { from: withCommentsAbove(text, start, indent), to, indent };
}

function isNodeWithRange(node: unknown): node is Node & { readonly range: [number, number, number] } {
  return (isScalar(node) || isMap(node) || isSeq(node)) && Array.isArray(node.range);
}

/** A pair of a block map, without the comments above it. It may stand behind a dash. */
export function pairRegion(text: string, pair: Pair | undefined): Region | undefined {
  if (!pair || !isNodeWithRange(pair.key)) return undefined;
  const from = pair.key.range[0];
  const end = contentEnd(pair.value ?? pair.key);
  if (end < 0) return undefined;
  const to = nodeLinesEnd(text, isNodeWithRange(pair.value) ? pair.value : pair.key);
  return { from, to, indent: from - lineStart(text, from) };
}

/** Moves all lines by as many columns as the first one that counts is away from `indent`. */
export function indented(block: string, from: number, to: number): string {
  if (from === to) return block;
  const lines = block.split('\n');
  const moved = lines.map((line) => {
    if (line.trim() === '') return line;
    return to > from ? ' '.repeat(to - from) + line : line.slice(Math.min(from - to, indentOf(line)));
  });
  return moved.join('\n');
}
