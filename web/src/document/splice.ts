// Edits as the smallest change of the text, so that comments, order, blank lines and quotes stay. What it cannot do it
// leaves to `apply-edit.ts`, which also checks what it did.
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import {
  contentEnd,
  indented,
  isBlock,
  itemRegion,
  lineEnd,
  lineStart,
  nodeLinesEnd,
  pairRegion,
} from './blocks.ts';
import { type Path, valueAt } from './edit.ts';
import { documentOrder } from './order.ts';

const style = { lineWidth: 0, minContentWidth: 0 } as const;

export interface Parsed {
  readonly text: string;
  readonly document: Document.Parsed;
}

function spliced(text: string, from: number, to: number, insert: string): string {
  const needsBreak = from > 0 && from === text.length && !text.endsWith('\n') && insert !== '';
  return text.slice(0, from) + (needsBreak ? '\n' : '') + insert + text.slice(to);
}

export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => (isScalar(pair.key) ? String(pair.key.value) : pair.key) === key);
}

/** A list item as lines, its dash at column 0. */
export function itemText(value: unknown): string {
  return stringify([value], style);
}

function scalarText(value: unknown, old: Scalar, isInFlow: boolean): string | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  if (typeof value === 'string' && value.includes('\n')) return undefined;
  if (old.type === Scalar.BLOCK_LITERAL || old.type === Scalar.BLOCK_FOLDED) return undefined;
  const scalar = new Scalar(value);
  if (typeof value === 'string' && old.type !== undefined) scalar.type = old.type;
  const made = isInFlow
    ? stringify([scalar], { ...style, collectionStyle: 'flow' })
    : stringify(scalar, style);
  return isInFlow ? made.replace(/^\[\s*|\s*\]\s*$/g, '') : made.trimEnd();
}

function isInFlow({ document }: Parsed, path: Path): boolean {
  return path.some((_, depth) => {
    const around = document.getIn(path.slice(0, depth), true);
    return (isMap(around) || isSeq(around)) && around.flow === true;
  });
}

function setScalar(parsed: Parsed, path: Path, value: unknown): string | undefined {
  const node = parsed.document.getIn(path, true);
  if (!isScalar(node) || !node.range || node.range[0] === node.range[1]) return undefined;
  const made = scalarText(value, node, isInFlow(parsed, path));
  return made === undefined ? undefined : spliced(parsed.text, node.range[0], node.range[1], made);
}

/** Behind which pair a new one goes: in its usual order, else behind the last that holds no further lines. */
function pairBefore(map: YAMLMap, key: string, isTop: boolean): Pair | undefined {
  const name = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);
  const rank = documentOrder.indexOf(key);
  if (isTop && rank >= 0)
    return map.items.findLast(
      (pair) => documentOrder.indexOf(name(pair)) < rank && documentOrder.includes(name(pair)),
    );
  return map.items.findLast((pair) => !(isSeq(pair.value) && isBlock(pair.value))) ?? map.items[0];
}

function addPair(parsed: Parsed, path: Path, lines: (indent: number) => string): string | undefined {
  const { text, document } = parsed;
  const key = path.at(-1);
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map) || !isBlock(map) || typeof key !== 'string') return undefined;
  const before = pairBefore(map, key, path.length === 1);
  const first = pairRegion(text, map.items[0]);
  const place = pairRegion(text, before);
  if (!first) return undefined;
  if (!place) return path.length === 1 ? spliced(text, first.from, first.from, lines(0)) : undefined;
  return spliced(text, place.to, place.to, lines(first.indent));
}

function pairText(key: string, value: unknown): (indent: number) => string {
  return (indent) => indented(stringify({ [key]: value }, style), 0, indent);
}

function replacePair(parsed: Parsed, path: Path, value: unknown): string | undefined {
  const { text, document } = parsed;
  const key = path.at(-1);
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map) || map.flow === true || typeof key !== 'string') return undefined;
  const pair = pairOf(map, key);
  if (!pair) return addPair(parsed, path, pairText(key, value));
  const region = pairRegion(text, pair);
  if (!region) return undefined;
  const made = pairText(key, value)(region.indent).slice(region.indent);
  const end = pair.value === null ? -1 : contentEnd(pair.value);
  // What follows on its last line, a comment, stays there when the new value is one line, too.
  const isOneLine = made.trimEnd().indexOf('\n') === -1 && end > 0 && text[end - 1] !== '\n';
  return isOneLine
    ? spliced(text, region.from, end, made.trimEnd())
    : spliced(text, region.from, region.to, made);
}

function replaceItem(parsed: Parsed, path: Path, value: unknown): string | undefined {
  const { text, document } = parsed;
  const list = document.getIn(path.slice(0, -1), true);
  const index = path.at(-1);
  if (!isSeq(list) || typeof index !== 'number') return undefined;
  const region = itemRegion(text, list, index);
  const node = document.getIn(path, true);
  if (!region || !(isMap(node) || isSeq(node) || isScalar(node)) || !node.range) return undefined;
  const column = node.range[0] - lineStart(text, node.range[0]);
  const made = indented(stringify(value, style), 0, column).slice(column);
  return spliced(text, node.range[0], nodeLinesEnd(text, node), made);
}

export function setText(parsed: Parsed, path: Path, value: unknown): string | undefined {
  const scalar = setScalar(parsed, path, value);
  if (scalar !== undefined) return scalar;
  return typeof path.at(-1) === 'number'
    ? replaceItem(parsed, path, value)
    : replacePair(parsed, path, value);
}

function removePair({ text, document }: Parsed, path: Path): string | undefined {
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map) || map.flow === true || map.items.length < 2) return undefined;
  const at = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === path.at(-1));
  const [pair, next] = [map.items[at], map.items[at + 1]];
  const region = pairRegion(text, pair);
  if (!region) return undefined;
  const start = lineStart(text, region.from);
  if (text.slice(start, region.from).trim() === '') return spliced(text, start, region.to, '');
  // It stands behind a dash: the next one takes its place.
  const follower = pairRegion(text, next);
  return follower && spliced(text, region.from, follower.from, '');
}

export interface Cut {
  readonly text: string;
  /** The item with its comments, the dash at column 0. */
  readonly block: string;
}

export function cutItem({ text, document }: Parsed, path: Path): Cut | undefined {
  const list = document.getIn(path.slice(0, -1), true);
  const index = path.at(-1);
  if (!isSeq(list) || typeof index !== 'number') return undefined;
  const region = itemRegion(text, list, index);
  if (!region) return undefined;
  const written = text.slice(region.from, region.to);
  const block = indented(written.endsWith('\n') ? written : `${written}\n`, region.indent, 0);
  return { text: emptied(text, region, list, { document, path }), block };
}

/** Without the region; a list that is empty then says so behind its key. */
function emptied(
  text: string,
  region: { readonly from: number; readonly to: number },
  list: YAMLSeq,
  { document, path }: { readonly document: Document.Parsed; readonly path: Path },
): string {
  const rest = spliced(text, region.from, region.to, '');
  const key = path.at(-2);
  if (list.items.length > 1 || typeof key !== 'string') return rest;
  const map = path.length === 2 ? document.contents : document.getIn(path.slice(0, -2), true);
  const pair = isMap(map) ? pairOf(map, key) : undefined;
  const end = isScalar(pair?.key) ? (pair.key.range?.[1] ?? -1) : -1;
  return text[end] === ':' ? spliced(rest, end + 1, end + 1, ' []') : rest;
}

export function removeText(parsed: Parsed, path: Path): string | undefined {
  return typeof path.at(-1) === 'number' ? cutItem(parsed, path)?.text : removePair(parsed, path);
}

/** Puts a block with its dash at column 0 into a list, which may be empty or not there yet. */
export function insertText(
  parsed: Parsed,
  { list: path, index }: { readonly list: Path; readonly index: number },
  block: string,
): string | undefined {
  const { text, document } = parsed;
  const list = document.getIn(path, true);
  if (isSeq(list) && isBlock(list)) {
    const isLast = index >= list.items.length;
    const region = itemRegion(text, list, isLast ? list.items.length - 1 : index);
    if (!region) return undefined;
    const at = isLast ? region.to : region.from;
    return spliced(text, at, at, indented(block, 0, region.indent));
  }
  const found = valueAt(document.toJS(), path);
  const isEmpty = found === undefined || found === null || (Array.isArray(found) && found.length === 0);
  return isEmpty ? beginList(parsed, path, block) : undefined;
}

function beginList(parsed: Parsed, path: Path, block: string): string | undefined {
  const { text, document } = parsed;
  const key = path.at(-1);
  const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(map) || map.flow === true || typeof key !== 'string') return undefined;
  const pair = pairOf(map, key);
  if (!pair)
    return addPair(
      parsed,
      path,
      (indent) => `${' '.repeat(indent)}${key}:\n${indented(block, 0, indent + 2)}`,
    );
  const region = pairRegion(text, pair);
  if (!region || !isScalar(pair.key) || !pair.key.range) return undefined;
  const from = pair.key.range[1] + 1;
  const value = isSeq(pair.value) || isScalar(pair.value) ? contentEnd(pair.value) : from;
  const rest = text.slice(Math.max(from, value), lineEnd(text, Math.max(from, value)));
  return spliced(text, from, region.to, `${rest.trimEnd()}\n${indented(block, 0, region.indent + 2)}`);
}
