// Conditions compiled to closures against `await jsonata.evaluate` in the same run, and a thousand rules at once.
import { parseArgs } from 'node:util';
import jsonata from 'jsonata';
import { compileExpression, type Expression, emptyHome, type Scope } from '../../src/expression/index.ts';
import { arrayHeavy, hot, lists, messages, mixed, names, states } from './support/conditions.ts';
import { measureManyRules } from './support/many-rules.ts';

const stateOf = (topic: string): unknown => states.get(topic);
const home = { ...emptyHome, zone: 'Asia/Shanghai', state: stateOf };

function scopesOf(payloads: readonly unknown[]): Scope[] {
  return payloads.map((payload, index) => ({
    values: [payload, `home/room${index}/sensor`, {}],
    read: () => undefined,
    at: 1_767_616_245_000,
    home,
    seed: 1,
  }));
}

function inputsOf(payloads: readonly unknown[]): unknown[] {
  return payloads.map((payload, index) => ({ payload, topic: `home/room${index}/sensor`, params: {} }));
}

interface Measured {
  readonly perSecond: number;
  readonly passed: number;
}

/** Processor time of this thread in ms: on a machine with other work, time on the wall says little. */
function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function measureOurs(expressions: readonly Expression[], payloads: readonly unknown[], ms: number): Measured {
  const scopes = scopesOf(payloads);
  const until = performance.now() + ms;
  const start = busyMs();
  let [count, passed] = [0, 0];
  while (performance.now() < until)
    for (const expression of expressions)
      for (const scope of scopes) {
        if (expression.evaluate(scope) === true) passed++;
        count++;
      }
  return { perSecond: (count / (busyMs() - start)) * 1000, passed: passed / count };
}

async function measureReference(
  expressions: readonly jsonata.Expression[],
  payloads: readonly unknown[],
  ms: number,
): Promise<Measured> {
  const inputs = inputsOf(payloads);
  const until = performance.now() + ms;
  const start = busyMs();
  let [count, passed] = [0, 0];
  while (performance.now() < until)
    for (const expression of expressions)
      for (const input of inputs) {
        if ((await expression.evaluate(input)) === true) passed++;
        count++;
      }
  return { perSecond: (count / (busyMs() - start)) * 1000, passed: passed / count };
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

interface Comparison {
  readonly label: string;
  readonly sources: readonly string[];
  readonly payloads: readonly unknown[];
  readonly target: number;
}

/** Interleaved, so that a busy machine slows both; the middle ratio of the rounds counts. */
async function compare(
  { label, sources, payloads, target }: Comparison,
  { ms, rounds }: { ms: number; rounds: number },
) {
  const ours = sources.map(compiled);
  const theirs = sources.map(reference);
  // every round over all the sources once at least, a hot one often enough to fill the time between two clock readings
  const repeat = <T>(list: readonly T[]): T[] =>
    Array.from({ length: Math.ceil(300 / list.length) }, () => list).flat();
  measureOurs(repeat(ours), payloads, ms);
  await measureReference(theirs, payloads, ms);
  const pairs: [Measured, Measured][] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push([measureOurs(repeat(ours), payloads, ms), await measureReference(theirs, payloads, ms)]);
  const agree = pairs.every(([a, b]) => Math.abs(a.passed - b.passed) < 0.02);
  return {
    condition: label,
    'ours k/s': Math.round(middle(pairs.map(([a]) => a.perSecond)) / 1000),
    'jsonata k/s': Number((middle(pairs.map(([, b]) => b.perSecond)) / 1000).toPrecision(2)),
    ratio: `×${Math.round(middle(pairs.map(([a, b]) => a.perSecond / b.perSecond)))}`,
    target: `×${target}`,
    agree,
  };
}

const comparisons: readonly Comparison[] = [
  { label: 'one, hot', sources: [hot], payloads: messages, target: 100 },
  { label: '300, mixed', sources: mixed, payloads: messages, target: 60 },
  { label: '40 over lists of 30', sources: arrayHeavy, payloads: lists, target: 20 },
];

export async function run(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' } }, strict: false });
  const options = values.quick ? { ms: 60, rounds: 3 } : { ms: 300, rounds: 5 };
  console.log(
    `expression: node ${process.version}, jsonata 2.2.2, middle of ${options.rounds} × ${options.ms} ms, per second of processor time`,
  );
  const rows = [];
  for (const comparison of comparisons) rows.push(await compare(comparison, options));
  console.table(rows);
  measureManyRules(options);
}

if (import.meta.main) await run();
