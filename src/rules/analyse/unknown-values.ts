// Fields and values that no known message has and that a rule nevertheless asks for.
import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../../base/index.ts';
import { type AnalysisFinding, remarkFinding } from './finding.ts';
import { type GuardAt, guardsOf } from './guards.ts';
import type { Portrait, Wake } from './portrait.ts';
import type { KnownTopics } from './ports.ts';

/** Filters of a trigger on topics; undefined for others, whose payload is something else. */
function filtersOf({ trigger }: Wake): readonly string[] | undefined {
  const source = trigger?.source;
  return source?.on === 'topic' ? source.patterns.map(({ filter }) => filter) : undefined;
}

/** The payload of `when` in these is that of another message. */
const otherMessage = /\.(?:wait|confirm)\b/;

interface Field {
  readonly path: string;
  readonly name: string;
}

function fieldsReadBy({ rule }: Portrait): Field[] {
  return rule.expressions.flatMap(({ path, expression }) => {
    const { paths } = expression.dependencies;
    if (paths === 'all' || otherMessage.test(path)) return [];
    return paths.flatMap(([root, name]) => {
      return root === 'payload' && name !== undefined ? [{ path, name }] : [];
    });
  });
}

/** The first name of `change … path`. */
function fieldsLookedAt({ trigger }: Wake): Field[] {
  const source = trigger?.source;
  if (trigger === undefined || source?.on !== 'topic' || source.demand.at === undefined) return [];
  const { paths } = source.demand.at.dependencies;
  return paths === 'all'
    ? []
    : paths.flatMap(([name]) => (name === undefined ? [] : [{ path: `${trigger.path}.path`, name }]));
}

/** Wake-ups whose message stands in an expression: of a trigger its own, of anything else all. */
function wakesAt(path: string, wakes: readonly Wake[]): readonly Wake[] {
  const own = wakes.filter(({ trigger }) => trigger !== undefined && isWithin(path, trigger.path));
  return own.length > 0 ? own : wakes;
}

const isWithin = (path: string, outer: string): boolean =>
  path.startsWith(outer) && /^(?:$|[.[])/.test(path.slice(outer.length));

/** Names of fields in all that may wake it; undefined when that is not known. */
function knownFields(wakes: readonly Wake[], topics: KnownTopics): ReadonlySet<string> | undefined {
  const known = new Set<string>();
  for (const wake of wakes) {
    const filters = filtersOf(wake);
    if (filters === undefined) return undefined;
    for (const filter of filters) {
      const fields = topics.fields(filter);
      if (fields === undefined) return undefined;
      for (const field of fields) known.add(field);
    }
  }
  return known;
}

export function unknownFields(portrait: Portrait, topics: KnownTopics, isRun: boolean): AnalysisFinding[] {
  const { rule, wakes } = portrait;
  if (isRun || wakes.length === 0) return [];
  const found = new Map<string, AnalysisFinding>();
  for (const { path, name } of [...fieldsReadBy(portrait), ...wakes.flatMap(fieldsLookedAt)]) {
    const known = found.has(name) ? undefined : knownFields(wakesAt(path, wakes), topics);
    if (known === undefined || known.has(name)) continue;
    const meant = nearest(name, known);
    const params = { name, known: [...known].slice(0, 20).join(', ') };
    const words = `no message had "${name}"; known: ${params.known}`;
    const severity = meant === undefined ? 'note' : 'warning';
    found.set(
      name,
      remarkFinding('unknown-field', severity, { rule: rule.id, path, words, params, suggestion: meant }),
    );
  }
  return [...found.values()];
}

/** `payload.a.b` → `a.b`, `payload` → the whole; undefined for other reads. */
function payloadPath(read: string): { readonly path: string | undefined } | undefined {
  const match = /^payload(?:\.([\w.]+))?$/.exec(read);
  return match === null ? undefined : { path: match[1] };
}

const plain = (value: unknown): string => String(value).toLowerCase();

/** The known value that was meant, or that there is none; undefined when the wanted one may well come. */
function misfit(
  wanted: unknown,
  filter: string,
  { path, topics }: { path: string | undefined; topics: KnownTopics },
):
  | { readonly meant?: unknown; readonly values: readonly unknown[]; readonly isComplete: boolean }
  | undefined {
  const known = topics.values(filter, path);
  if (known === undefined || known.values.some((value) => isDeepStrictEqual(value, wanted))) return undefined;
  const meant = known.values.find((value) => plain(value) === plain(wanted));
  if (meant === undefined && !known.isComplete) return undefined;
  return { meant, ...known };
}

function findingOf(rule: string, guard: GuardAt, filters: readonly string[], topics: KnownTopics) {
  const at = payloadPath(guard.read);
  if (at === undefined || guard.test.operator !== '=') return [];
  return guard.test.constants.flatMap((wanted) => {
    const misfits = filters.map((filter) => misfit(wanted, filter, { path: at.path, topics }));
    const [first] = misfits;
    if (first === undefined || misfits.includes(undefined)) return [];
    const shown = first.values.slice(0, 10).map((value) => JSON.stringify(value));
    const params = { name: guard.read, value: JSON.stringify(wanted), known: shown.join(', ') };
    const words = `no message had ${params.name} = ${params.value}; known: ${params.known}`;
    const suggestion = first.meant === undefined ? undefined : JSON.stringify(first.meant);
    return [remarkFinding('unknown-value', 'warning', { rule, path: guard.path, words, params, suggestion })];
  });
}

export function unknownValues({ rule, wakes }: Portrait, topics: KnownTopics): AnalysisFinding[] {
  const found = new Map<string, AnalysisFinding>();
  for (const wake of wakes) {
    const filters = filtersOf(wake) ?? [];
    const isOnly = wakes.length === 1;
    for (const guard of guardsOf(wake)) {
      const isOwn = isOnly || isWithin(guard.path, wake.trigger?.path ?? '-');
      if (!isOwn || filters.length === 0) continue;
      for (const finding of findingOf(rule.id, guard, filters, topics))
        found.set(`${guard.path} ${finding.words}`, finding);
    }
  }
  return [...found.values()];
}
