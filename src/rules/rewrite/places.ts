// Every place of a rule's text that may name a device or a topic, and how it would name it. Knows nothing of other names.
import { type Document, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';

/**
 * `device`, `topic`: it stands alone; `message`: a topic with its payload behind it, as tests expect it; `other`: only in
 * the quotes of an expression.
 */
export type Role = 'device' | 'topic' | 'message' | 'other';

export interface Place {
  /** Keys and indexes that lead to it. */
  readonly keys: readonly (string | number)[];
  readonly role: Role;
  readonly scalar: Scalar<string>;
  readonly line: number;
  /** Of a test: its stand-in devices that take commands on `ID/set`. */
  readonly standIns: ReadonlySet<string>;
}

/** What stands alone under these keys is the id of a device, or a topic. */
const deviceKeys = new Set(['device', 'set', 'devices']);
const topicKeys = new Set(['message', 'change', 'silence', 'publish', 'state']);
/** Places of tests that are unlike those of rules, by the keys within a test. */
const rolesInTests: readonly (readonly [RegExp, Role])[] = [
  [/^given\.devices\.id$/, 'device'],
  [/^given\.devices\.topic$/, 'topic'],
  [/^(steps\.)?expect\.published$/, 'message'],
  [/^(steps\.)?expect\.published\.topic$/, 'topic'],
  [/^(steps\.)?expect\.notPublished$/, 'topic'],
];
const keysInTests: readonly (readonly [RegExp, Role])[] = [
  [/^given\.state$/, 'topic'],
  [/^given\.mappings$/, 'device'],
  [/^(steps\.)?expect\.state$/, 'topic'],
];

export function pathOf({ keys }: Place): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
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

function keysTo(path: readonly unknown[], scalar: Scalar): (string | number)[] {
  const keys = path.flatMap((node, i): (string | number)[] => {
    if (node === null || typeof node !== 'object' || !('key' in node)) return indexIn(path[i - 1], node);
    return isScalar(node.key) ? [String(node.key.value)] : [];
  });
  return [...keys, ...indexIn(path.at(-1), scalar)];
}

function roleOf(keys: Place['keys'], isKey: boolean): Role | undefined {
  const [first, ...rest] = keys.filter((key) => typeof key === 'string');
  const within = (isKey ? rest.slice(0, -1) : rest).join('.');
  const roles = isKey ? keysInTests : rolesInTests;
  const found = first === 'tests' ? roles.find(([pattern]) => pattern.test(within))?.[1] : undefined;
  if (found !== undefined || isKey) return found;
  const last = String(rest.at(-1) ?? first);
  return deviceKeys.has(last) ? 'device' : topicKeys.has(last) ? 'topic' : 'other';
}

/** Of one test those without a topic of their own. */
function standInsOf(document: Document, keys: Place['keys']): ReadonlySet<string> {
  const devices: unknown =
    keys[0] === 'tests' ? document.getIn([...keys.slice(0, 2), 'given', 'devices']) : undefined;
  const found = new Set<string>();
  visit(document.createNode(devices), {
    Map(_, map) {
      const id = map.get('id');
      if (typeof id === 'string' && !map.has('topic')) found.add(id);
    },
  });
  return found;
}

/** In the order of the text. */
export function placesOf(text: string): readonly Place[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'error', lineCounter });
  const places: Place[] = [];
  visit(document, {
    Scalar(at, scalar, path) {
      if (!isText(scalar)) return;
      const keys = keysTo(path, scalar);
      const role = roleOf(keys, at === 'key');
      if (role === undefined) return;
      const standIns = role === 'message' ? standInsOf(document, keys) : new Set<string>();
      places.push({ keys, role, scalar, standIns, line: lineCounter.linePos(scalar.range?.[0] ?? 0).line });
    },
  });
  return places;
}
