// Where a step stands in the text, and which steps a place of the text is in.
import { isMap, isNode, isPair, isScalar, isSeq, type Pair } from 'yaml';
import { parseText } from './apply-edit.ts';
import { type Path, pathText } from './edit.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** `actions[0].then[1]` as a path. */
export function pathFrom(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key = '']) =>
    index === undefined ? key : Number(index),
  );
}

/** Of what stands there, without the blank end; undefined when nothing does, or the text is no YAML. */
export function spanOfPlace(text: string, path: string): Span | undefined {
  const { document } = parseText(text);
  const node: unknown = document.errors.length > 0 ? undefined : document.getIn(pathFrom(path), true);
  if (!isNode(node) || !node.range) return undefined;
  const [from, end] = node.range;
  return { from, to: from + text.slice(from, end).trimEnd().length };
}

/** Behind the indentation and the dashes of its line, where a place is in front of them. */
function settled(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const lead = /^(?:[ \t]|-(?= ))*/.exec(text.slice(line))?.[0].length ?? 0;
  return Math.max(offset, line + lead);
}

function startOf(child: unknown): number {
  const node = isPair(child) ? child.key : child;
  return isNode(node) && node.range ? node.range[0] : Number.POSITIVE_INFINITY;
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

/** Into the last child that begins before the place. */
function pathInto(node: unknown, offset: number): Path {
  const children: readonly unknown[] = isSeq(node) || isMap(node) ? node.items : [];
  const index = children.findLastIndex((child) => startOf(child) <= offset);
  const child = children[index];
  if (child === undefined) return [];
  return isPair(child)
    ? [keyOf(child), ...pathInto(child.value, offset)]
    : [index, ...pathInto(child, offset)];
}

/** Paths of all that is around a place, the innermost first. */
export function placesAt(text: string, offset: number): readonly string[] {
  const { document } = parseText(text);
  if (document.errors.length > 0) return [];
  const path = pathInto(document.contents, settled(text, offset));
  return path.map((_, index) => pathText(path.slice(0, path.length - index)));
}
