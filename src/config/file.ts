// homerule.yaml as a source of settings, with line and column of everything that is wrong in it.
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type ConfigKey, guess } from './keys.ts';
import type { Reading, Setting } from './setting.ts';

interface Search {
  readonly name: string;
  readonly lines: LineCounter;
  readonly keys: readonly ConfigKey[];
  readonly settings: Setting[];
  readonly problems: string[];
}

function place(search: Search, offset: number | undefined): string {
  const { line, col } = search.lines.linePos(offset ?? 0);
  return `${search.name}:${line}:${col}`;
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) ? node.range?.[0] : undefined;
}

/** The words that may stand at this level: `port` and `host` under `mqtt.`. */
function namesUnder(search: Search, prefix: string): string[] {
  const below = search.keys.filter(({ path }) => path.startsWith(prefix));
  return [...new Set(below.map(({ path }) => path.slice(prefix.length).split('.')[0] ?? ''))];
}

function readValue(search: Search, path: string, value: Node | null): void {
  const groupNames = namesUnder(search, `${path}.`);
  if (groupNames.length === 0) {
    search.settings.push({
      path,
      value: value?.toJSON(),
      origin: 'file',
      where: place(search, value?.range?.[0]),
    });
  } else if (isMap(value)) {
    for (const pair of value.items) readPair(search, `${path}.`, pair);
  } else if (!isScalar(value) || value.value !== null) {
    const at = place(search, value?.range?.[0]);
    search.problems.push(`${at}: ${path}: expected a group of keys (${groupNames.join(', ')})`);
  }
}

function readPair(search: Search, prefix: string, pair: Pair): void {
  const name = isScalar(pair.key) ? String(pair.key.value) : '';
  const known = namesUnder(search, prefix);
  if (known.includes(name)) {
    readValue(search, prefix + name, (pair.value as Node | null) ?? null);
    return;
  }
  const path = prefix + name;
  const near = search.keys.some((key) => key.path === path)
    ? ` (write ${path.split('.').slice(1).join('.')} under ${path.split('.')[0]})`
    : guess(name, known) ||
      guess(
        path,
        search.keys.map((key) => key.path),
      );
  search.problems.push(`${place(search, offsetOf(pair.key))}: unknown key "${path}"${near}`);
}

/** `name` is how the file is called in problems. */
export function readConfigFile(text: string, name: string, keys: readonly ConfigKey[]): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const search: Search = { name, lines, keys, settings: [], problems: [] };
  for (const error of document.errors) {
    search.problems.push(`${place(search, error.pos[0])}: ${error.message}`);
  }
  if (search.problems.length > 0) return search;
  const top = document.contents;
  if (isMap(top)) for (const pair of top.items) readPair(search, '', pair);
  else if (top !== null && !(isScalar(top) && top.value === null)) {
    search.problems.push(`${place(search, top.range?.[0])}: expected keys and values`);
  }
  return search;
}
