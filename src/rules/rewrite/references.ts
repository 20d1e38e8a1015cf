// Where a rule's text names devices and topics, and the same text with other names. Texts are edited in place: comments,
// order and quotes stay as the author wrote them.
import { matchesFilter } from '../../base/index.ts';
import { type Place, pathOf, placesOf } from './places.ts';

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

/** A text in quotes inside an expression; JSONata knows both kinds. */
const literal = /(['"])([^'"\\]{1,500})\1/g;
const deviceCall = /\$device\(\s*$/;

/** The topic before the payload of a message, and what follows from it; undefined when none of the names is there. */
function messageHead({ scalar, standIns }: Place, { devices, topics }: Names): Named | undefined {
  const heads = (name: string): boolean => scalar.value === name || scalar.value.startsWith(`${name} `);
  const topic = [...topics].filter(heads).sort((a, b) => b.length - a.length)[0];
  if (topic !== undefined) return { kind: 'topic', name: topic, isLoose: false };
  const device = [...devices].find((id) => standIns.has(id) && heads(`${id}/set`));
  return device === undefined ? undefined : { kind: 'device', name: device, isLoose: false };
}

/** What one text names: alone, or in the quotes of an expression. */
function namedIn(place: Place, names: Names): Named[] {
  const { value } = place.scalar;
  switch (place.role) {
    case 'message':
      return [messageHead(place, names) ?? []].flat();
    case 'device':
      if (names.devices.has(value)) return [{ kind: 'device', name: value, isLoose: false }];
      return literalsIn(value, names);
    case 'topic':
      if (names.topics.has(value)) return [{ kind: 'topic', name: value, isLoose: false }];
      return [...(/[+#{]/.test(value) ? looselyNamed(value, names.topics) : []), ...literalsIn(value, names)];
    case 'other':
      return literalsIn(value, names);
  }
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

/** What stands alone there; undefined when nothing is. */
function wholeOf({ role, scalar: { value } }: Place, { devices, topics }: Renaming): string | undefined {
  return role === 'device' ? devices.get(value) : role === 'topic' ? topics.get(value) : undefined;
}

/** The text of one scalar with other names. */
function renamed(raw: string, place: Place, renaming: Renaming): string {
  const { devices, topics } = renaming;
  const whole = wholeOf(place, renaming);
  if (whole !== undefined) return raw.replace(place.scalar.value, () => whole);
  if (place.role === 'message') {
    const head = messageHead(place, namesOf(renaming));
    const to = head && renaming[head.kind === 'device' ? 'devices' : 'topics'].get(head.name);
    return head === undefined || to === undefined ? raw : raw.replace(head.name, () => to);
  }
  return raw.replace(literal, (found, quote: string, name: string, at: number) => {
    const names = deviceCall.test(raw.slice(0, at)) ? devices : topics;
    const to = names.get(name);
    return to === undefined ? found : `${quote}${to}${quote}`;
  });
}

const namesOf = ({ devices, topics }: Renaming): Names => ({
  devices: new Set(devices.keys()),
  topics: new Set(topics.keys()),
});

export function referencesIn(text: string, names: Names): readonly Reference[] {
  return placesOf(text).flatMap((place) =>
    namedIn(place, names).map((one) => ({ ...one, path: pathOf(place), line: place.line })),
  );
}

export function rewriteText(text: string, renaming: Renaming): Rewritten {
  const names = namesOf(renaming);
  let rewritten = '';
  let done = 0;
  for (const place of placesOf(text)) {
    const [start, end] = place.scalar.range ?? [0, 0];
    if (start < done || namedIn(place, names).every(({ isLoose }) => isLoose)) continue;
    rewritten += text.slice(done, start) + renamed(text.slice(start, end), place, renaming);
    done = end;
  }
  return { text: rewritten + text.slice(done), references: referencesIn(text, names) };
}
