// Conditions compiled to closures against `await jsonata.evaluate` in the same run: one hot condition, and 300 rules.
import { parseArgs } from 'node:util';
import jsonata from 'jsonata';
import { compileExpression, type Expression, emptyHome, type Scope } from '../../src/expression/index.ts';

const names = ['payload', 'topic', 'params'];
const states = new Map<string, unknown>([
  ['livingroom/ac', { power: 'off', mode: 'cool' }],
  ['home/door', { contact: false }],
  ['home/mode', 'away'],
]);
const stateOf = (topic: string): unknown => states.get(topic);
const home = { ...emptyHome, zone: 'Asia/Shanghai', state: stateOf };

const hotCondition = 'payload.temperature > 25 and $state("livingroom/ac").power = "off"';

/** Eight kinds of conditions as people write them. */
const shapes: readonly ((n: number) => string)[] = [
  (n) => `payload.temperature > ${n % 40}`,
  (n) => `payload.temperature > ${n % 40} and $state("livingroom/ac").power = "off"`,
  (n) => `payload.battery < ${n % 100} or payload.status = "low"`,
  (n) => `payload.occupancy = true and $state("home/mode") != "home" and payload.lux < ${n}`,
  (n) => `$state("home/door").contact = false and payload.humidity >= ${n % 90}`,
  (n) => `topic = "home/room${n}/sensor" or payload.value.raw > ${n}`,
  (n) => `payload.action in ["single", "double"] and payload.count > ${n % 5}`,
  (n) => `(payload.temperature - 32) * 5 / 9 > ${n % 30} and $exists(payload.humidity)`,
];

const messages: readonly unknown[] = [
  { temperature: 31, humidity: 40, battery: 80, occupancy: true, lux: 12, value: { raw: 7 } },
  { temperature: 18, humidity: 70, battery: 9, status: 'low', action: 'single', count: 3 },
  { temperature: 26, occupancy: false, lux: 300, value: { raw: 400 }, action: 'hold', count: 1 },
];

const scopes: readonly Scope[] = messages.map((payload, index) => ({
  values: [payload, `home/room${index}/sensor`, {}],
  read: () => undefined,
  at: 1_767_616_245_000,
  home,
  seed: 1,
}));
const inputs: readonly unknown[] = messages.map((payload, index) => ({
  payload,
  topic: `home/room${index}/sensor`,
  params: {},
}));

interface Measured {
  readonly perSecond: number;
  readonly passed: number;
}

function measureOurs(expressions: readonly Expression[], ms: number): Measured {
  const until = performance.now() + ms;
  const start = performance.now();
  let [count, passed] = [0, 0];
  while (performance.now() < until)
    for (const expression of expressions)
      for (const scope of scopes) {
        if (expression.evaluate(scope) === true) passed++;
        count++;
      }
  return { perSecond: (count / (performance.now() - start)) * 1000, passed: passed / count };
}

async function measureReference(expressions: readonly jsonata.Expression[], ms: number): Promise<Measured> {
  const until = performance.now() + ms;
  const start = performance.now();
  let [count, passed] = [0, 0];
  while (performance.now() < until)
    for (const expression of expressions)
      for (const input of inputs) {
        if ((await expression.evaluate(input)) === true) passed++;
        count++;
      }
  return { perSecond: (count / (performance.now() - start)) * 1000, passed: passed / count };
}

function compiled(source: string): Expression {
  const { expression, problems } = compileExpression(source, { names });
  if (expression === undefined) throw new Error(`${source}: ${JSON.stringify(problems)}`);
  return expression;
}

function reference(source: string): jsonata.Expression {
  const expression = jsonata(source);
  expression.registerFunction('state', stateOf, '<s:x>');
  return expression;
}

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Interleaved, so that a busy machine slows both; the middle ratio of the rounds counts. */
async function compare(
  label: string,
  sources: readonly string[],
  { ms, rounds }: { ms: number; rounds: number },
) {
  const ours = sources.map(compiled);
  const theirs = sources.map(reference);
  // every round over all the sources once at least, a hot one often enough to fill the time between two clock readings
  const repeat = <T>(list: readonly T[]): T[] =>
    Array.from({ length: Math.ceil(300 / list.length) }, () => list).flat();
  measureOurs(repeat(ours), ms);
  await measureReference(theirs, ms);
  const pairs: [Measured, Measured][] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push([measureOurs(repeat(ours), ms), await measureReference(theirs, ms)]);
  const agree = pairs.every(([a, b]) => Math.abs(a.passed - b.passed) < 0.02);
  return {
    condition: label,
    'ours k/s': Math.round(middle(pairs.map(([a]) => a.perSecond)) / 1000),
    'jsonata k/s': Math.round(middle(pairs.map(([, b]) => b.perSecond)) / 1000),
    ratio: `×${Math.round(middle(pairs.map(([a, b]) => a.perSecond / b.perSecond)))}`,
    agree,
  };
}

export async function run(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' } }, strict: false });
  const options = values.quick ? { ms: 60, rounds: 3 } : { ms: 300, rounds: 5 };
  const mixed = Array.from({ length: 300 }, (_, index) => (shapes[index % shapes.length] ?? String)(index));
  console.log(
    `expression: node ${process.version}, jsonata 2.2.2, middle of ${options.rounds} × ${options.ms} ms`,
  );
  console.table([
    await compare('one, hot', [hotCondition], options),
    await compare('300, mixed', mixed, options),
  ]);
}

if (import.meta.main) await run();
