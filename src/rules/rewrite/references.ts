// Where a rule's text names devices and topics, and the same text with other names. Texts are edited in place: comments,
// order and quotes stay as the author wrote them.
import { isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import { matchesFilter } from '../../base/index.ts';

/** Old names and what stands for them from now on. */
export interface Renaming {
  readonly devices: ReadonlyMap<string, string>;
  readonly topics: ReadonlyMap<string, string>;
}

/** One place that names a device or a topic. */
export interface Reference {
  readonly kind: 'device' | 'topic';
  readonly name: string;
  /** As in problems: `actions[0].set`. */
  readonly path: string;
  readonly line: number;
  /** A wildcard or a template names it with others: only a person can say what becomes of it. */
  readonly isLoose: boolean;
}

export interface Rewritten {
  readonly text: string;
  readonly references: readonly Reference[];
}

type Named = Omit<Reference, 'path' | 'line'>;
type Names = { readonly [Kind in keyof Renaming]: ReadonlySet<string> };

/** What stands alone under these keys is the id of a device, or a topic. */
const deviceKeys = new Set(['device', 'set', 'devices']);
const topicKeys = new Set(['message', 'change', 'silence', 'publish', 'state']);
/** A text in quotes inside an expression; JSONata knows both kinds. */
const literal = /(['"])([^'"\\]{1,500})\1/g;
const deviceCall = /\$device\(\s*$/;

interface Place {
  readonly keys: readonly (string | number)[];
  readonly scalar: Scalar<string>;
}

function pathOf(keys: readonly (string | number)[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** Every text of a document, with the keys that lead to it. */
function placesOf(text: string, lines: LineCounter): Place[] {
  const places: Place[] = [];
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    logLevel: 'error',
    lineCounter: lines,
  });
  visit(document, {
    Scalar(key, scalar, path) {
      if (key === 'key' || !isText(scalar)) return;
      const keys = path.flatMap((node, i): (string | number)[] => {
        if (node === null || typeof node !== 'object' || !('key' in node)) return indexIn(path[i - 1], node);
        return isScalar(node.key) ? [String(node.key.value)] : [];
      });
      places.push({ keys: [...keys, ...indexIn(path.at(-1), scalar)], scalar });
    },
  });
  return places;
}

function isText(scalar: Scalar): scalar is Scalar<string> {
  return typeof scalar.value === 'string';
}

function indexIn(parent: unknown, node: unknown): number[] {
  if (typeof parent !== 'object' || parent === null || !('items' in parent)) return [];
  const { items } = parent;
  const index = Array.isArray(items) ? items.indexOf(node) : -1;
  return index < 0 || (typeof node === 'object' && node !== null && 'key' in node) ? [] : [index];
}

/** What one text names: alone, or in the quotes of an expression. */
function namedIn({ keys, scalar }: Place, names: Names): Named[] {
  const key = keys.findLast((each) => typeof each === 'string') ?? '';
  const { value } = scalar;
  if (deviceKeys.has(String(key)) && names.devices.has(value))
    return [{ kind: 'device', name: value, isLoose: false }];
  if (topicKeys.has(String(key)) && names.topics.has(value))
    return [{ kind: 'topic', name: value, isLoose: false }];
  const loose = topicKeys.has(String(key)) && /[+#{]/.test(value) ? looselyNamed(value, names.topics) : [];
  return [...loose, ...literalsIn(value, names)];
}

function looselyNamed(pattern: string, topics: ReadonlySet<string>): Named[] {
  const filter = pattern.replace(/\{[^}/]+\}/g, '+').replace(/\/\*$/, '/#');
  if (/[{}]/.test(filter)) return [];
  const found = [...topics].filter((topic) => matchesFilter(filter, topic));
  return found.map((name) => ({ kind: 'topic', name, isLoose: true }));
}

function literalsIn(value: string, names: Names): Named[] {
  return [...value.matchAll(literal)].flatMap(({ 2: name = '', index }): Named[] => {
    if (deviceCall.test(value.slice(0, index)))
      return names.devices.has(name) ? [{ kind: 'device', name, isLoose: false }] : [];
    if (/[+#{]/.test(name)) return looselyNamed(name, names.topics);
    return names.topics.has(name) ? [{ kind: 'topic', name, isLoose: false }] : [];
  });
}

/** The text of one scalar with other names. */
function renamed(raw: string, place: Place, renaming: Renaming): string {
  const { devices, topics } = renaming;
  const key = String(place.keys.findLast((each) => typeof each === 'string') ?? '');
  const { value } = place.scalar;
  const whole = deviceKeys.has(key) ? devices.get(value) : topicKeys.has(key) ? topics.get(value) : undefined;
  if (whole !== undefined) return raw.replace(value, () => whole);
  return raw.replace(literal, (found, quote: string, name: string, at: number) => {
    const names = deviceCall.test(raw.slice(0, at)) ? devices : topics;
    const to = names.get(name);
    return to === undefined ? found : `${quote}${to}${quote}`;
  });
}

export function referencesIn(text: string, names: Names): readonly Reference[] {
  const lines = new LineCounter();
  return placesOf(text, lines).flatMap((place) => {
    const line = lines.linePos(place.scalar.range?.[0] ?? 0).line;
    return namedIn(place, names).map((one) => ({ ...one, path: pathOf(place.keys), line }));
  });
}

export function rewriteText(text: string, renaming: Renaming): Rewritten {
  const names = { devices: new Set(renaming.devices.keys()), topics: new Set(renaming.topics.keys()) };
  const references = referencesIn(text, names);
  let rewritten = '';
  let done = 0;
  for (const place of placesOf(text, new LineCounter())) {
    const [start, end] = place.scalar.range ?? [0, 0];
    if (start < done || namedIn(place, names).every(({ isLoose }) => isLoose)) continue;
    rewritten += text.slice(done, start) + renamed(text.slice(start, end), place, renaming);
    done = end;
  }
  return { text: rewritten + text.slice(done), references };
}
