// A thousand rules that compare one value with thresholds of their own: each evaluated, by the index, and in the engine.
import {
  compileExpression,
  emptyHome,
  GuardIndex,
  Positions,
  type Scope,
} from '../../../src/expression/index.ts';
import { RuleWorld } from '../../support/rule-world.ts';
import { median, printTable, short } from './figures.ts';

const count = 1000;
const thresholds = Array.from({ length: count }, (_, n) => n / 10);
/** Reports of a sensor; the first pass about half of the thresholds, the others none. */
const swinging = Array.from({ length: 997 }, (_, n) => ({ temperature: (n * 61) % 100, humidity: 40 }));
const quiet = Array.from({ length: 997 }, (_, n) => ({ temperature: -1 - (n % 20), humidity: 40 }));

function compiled(source: string) {
  const { expression, problems } = compileExpression(source, { names: ['payload'] });
  if (expression === undefined) throw new Error(`${source}: ${JSON.stringify(problems)}`);
  return expression;
}

const expressions = thresholds.map((threshold) => compiled(`payload.temperature > ${threshold}`));
const read = compiled('payload.temperature');
const index = new GuardIndex(
  thresholds.map((constant) => ({ test: { operator: '>', constant }, keepsMissing: false })),
);
const selected = new Positions(count);

function scopeOf(payload: unknown): Scope {
  return { values: [payload], read: () => undefined, at: 0, home: emptyHome, seed: 0 };
}

function passedOneByOne(payload: unknown): number {
  const scope = scopeOf(payload);
  let passed = 0;
  for (const expression of expressions) if (expression.evaluate(scope) === true) passed++;
  return passed;
}

/** The value is read as the rules would, then the numbers of all that pass are listed. */
function passedByIndex(payload: unknown): number {
  selected.count = 0;
  index.select(read.evaluate(scopeOf(payload)), selected);
  return selected.count;
}

type Decide = (payload: unknown, bytes: Uint8Array) => void;

/** All rules on one topic, in the engine without broker, store or journal; traces are made as always. */
function engineWith(conditionOf: (threshold: number) => string): Decide {
  const world = new RuleWorld({ time: 0 });
  for (const [n, threshold] of thresholds.entries()) {
    const rule = { id: `r${n}`, triggers: [{ message: 't' }], conditions: [conditionOf(threshold)] };
    world.save(JSON.stringify({ ...rule, actions: [{ log: 'x' }] }));
  }
  const { live } = world;
  let at = 0;
  return (_payload, payload) => {
    at += 0.1; // ten thousand messages a second
    const input = { topic: 't', qos: 0, retain: false, origin: 'client', by: 'sensor', depth: 0 } as const;
    live.decide({ kind: 'message', at, payload, ...input });
    world.traces.length = 0;
    world.late.length = 0;
  };
}

function measure(payloads: readonly unknown[], decide: Decide, ms: number): number {
  const messages = payloads.map((payload) => [payload, Buffer.from(JSON.stringify(payload))] as const);
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < ms)
    for (let i = 0; i < 16; i++) {
      const [payload, bytes] = messages[done++ % messages.length] ?? [];
      if (bytes !== undefined) decide(payload, bytes);
    }
  return (done / (performance.now() - start)) * 1000;
}

interface Way {
  readonly what: string;
  readonly payloads: readonly unknown[];
  readonly decide: Decide;
}

const ways: readonly Way[] = [
  { what: 'each evaluated, half pass', payloads: swinging, decide: passedOneByOne },
  { what: 'index, half pass', payloads: swinging, decide: passedByIndex },
  { what: 'each evaluated, none passes', payloads: quiet, decide: passedOneByOne },
  { what: 'index, none passes', payloads: quiet, decide: passedByIndex },
  {
    what: 'engine, each evaluated, none passes',
    payloads: quiet,
    decide: engineWith((threshold) => `payload.temperature + 0 > ${threshold}`),
  },
  {
    what: 'engine with the index, none passes',
    payloads: quiet,
    decide: engineWith((threshold) => `payload.temperature > ${threshold}`),
  },
];

/** Medians of rounds; what is compared passes the same rules. */
export function measureManyRules({ ms, rounds }: { readonly ms: number; readonly rounds: number }): void {
  for (const payload of [...swinging, ...quiet])
    if (passedByIndex(payload) !== passedOneByOne(payload)) throw new Error('the index selects others');
  const rows = ways.map(({ what, payloads, decide }) => {
    measure(payloads, decide, ms);
    const perSecond = median(Array.from({ length: rounds }, () => measure(payloads, decide, ms)));
    return [what, short(perSecond), `${short(1e6 / perSecond)} µs`];
  });
  printTable(`${count} rules with thresholds of their own on one sensor`, [
    ['', 'messages/s', 'each'],
    ...rows,
  ]);
}
