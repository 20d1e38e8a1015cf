// The house of a recorded test: of a past world only what the rule reads.
import type { Timestamp } from '../../base/index.ts';
import { LocalTime, secretMark } from '../../expression/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { World } from '../replay/world.ts';
import { timeOf } from './given.ts';

export interface RecordedBeginning {
  readonly rule: CompiledRule;
  readonly at: Timestamp;
  readonly world: World;
  /** Topics on which something will come. */
  readonly topics: ReadonlySet<string>;
  isNamed(name: string): boolean;
}

const mostTopics = 100;
const secretName = /\$secret\(\s*(['"])([^'"\\]+)\1/g;

function stateOf({ rule, world, topics, isNamed }: RecordedBeginning): Record<string, unknown> {
  const read = rule.expressions.map(({ expression }) => expression.dependencies.topics);
  const triggers = rule.triggers.flatMap(({ source }) => (source.on === 'topic' ? source.patterns : []));
  const concrete = triggers.map(({ filter }) => filter).filter((filter) => !/[+#]/.test(filter));
  const filters = [...concrete, ...read.flatMap((one) => (one === 'all' ? [] : one)), ...topics];
  const found = filters.flatMap((filter) => world.states.tree.some(filter, mostTopics));
  const named = read.includes('all')
    ? world.states.tree.some('#', Number.POSITIVE_INFINITY).filter(({ topic }) => isNamed(topic))
    : [];
  const states = [...found, ...named].filter(({ topic }) => !topic.startsWith('homerule/var/'));
  return Object.fromEntries(
    states.slice(0, mostTopics).map(({ topic, payload }) => [topic, payload.value ?? null]),
  );
}

function devicesOf({ world: { devices, home }, isNamed }: RecordedBeginning): object[] {
  const found = devices?.roster.list() ?? [];
  return found
    .filter(({ id, row }) => isNamed(id) || row.labels.some(isNamed))
    .map(({ id, row: { labels } }) => {
      const properties = home.device(id)?.properties ?? {};
      const names = Object.keys(properties);
      const readonly = names.filter((name) => {
        const plan = home.commandsFor(id, { properties: { [name]: properties[name] } });
        return plan === undefined || plan.unsupported.includes(name);
      });
      return {
        id,
        ...(labels.length > 0 && { labels }),
        properties,
        ...(readonly.length > 0 && { readonly }),
      };
    });
}

function writtenTime(at: Timestamp, zone: string): string {
  const local = new LocalTime(zone);
  const text = `${local.date(at)} ${local.time(at)}`;
  return timeOf(text, zone) === at ? text : new Date(at).toISOString();
}

function filled<Value extends object>(name: string, value: Value): Record<string, Value> {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}

/** Stand-ins take the place of its devices, and a mark that of every secret. */
export function recordedGiven(beginning: RecordedBeginning): Record<string, unknown> {
  const { rule, at, world, isNamed } = beginning;
  const { home } = world;
  const variables = home.variables.list().filter(({ name }) => isNamed(name));
  const sources = rule.expressions.map(({ expression }) => expression.source).join('\n');
  const secrets = [...sources.matchAll(secretName)].map(([, , name = '']) => [name, secretMark]);
  return {
    time: writtenTime(at, home.zone),
    zone: home.zone,
    ...filled('state', stateOf(beginning)),
    ...filled('variables', Object.fromEntries(variables.map(({ name, value }) => [name, value]))),
    ...filled('devices', devicesOf(beginning)),
    ...filled('secrets', Object.fromEntries(secrets)),
  };
}
