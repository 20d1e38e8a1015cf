// The tables of the engine benchmark, and its figures beside what the design asks for.
import type { EngineSubjects } from './engine-subjects.ts';
import { median, printTable, short } from './figures.ts';
import type { StartFigures } from './start-figures.ts';
import { type Measured, middle, type Rounds, type Subject } from './subject.ts';
import { printTargets, type Target } from './targets.ts';

export interface EngineFigures {
  readonly throughput: Rounds;
  readonly latency: Rounds;
  /** 99th percentile of the event loop's delay in each paced round of the house with one rule. */
  readonly loopDelayMs: readonly number[];
  readonly start: StartFigures | undefined;
}

/** Below this share of its time the subject waited for the generator, or for a processor. */
const saturated = 0.85;
/** Below this share of their time, on the median of the houses, the machine had too much else to do. */
const starved = 0.6;

const missingOf = (measured: readonly Measured[]): string =>
  `${measured.reduce((sum, one) => sum + one.missing, 0)}`;

const p99Of = (one: Measured): number => one.latency?.p99 ?? Number.NaN;

/** A figure of each round, lowest to highest. */
function spread(measured: readonly Measured[], of: (one: Measured) => number): string {
  const values = measured.map(of);
  return `${short(Math.min(...values))} … ${short(Math.max(...values))}`;
}

export function printThroughput(rounds: Rounds): void {
  const rows = [
    ['as many as it takes', 'messages/s', 'of the rounds', 'CPU µs each', 'main thread', 'missing'],
  ];
  for (const [subject, measured] of rounds) {
    const busy = middle(measured, (one) => one.mainBusy);
    rows.push([
      subject.name,
      short(middle(measured, (one) => one.perSecond)),
      spread(measured, (one) => one.perSecond),
      middle(measured, (one) => one.cpuMicros).toFixed(1),
      `${Math.round(busy * 100)} %${busy < saturated ? ' *' : '  '}`,
      missingOf(measured),
    ]);
  }
  printTable('engine: one message in, one out, QoS 0, medians of interleaved rounds', rows);
  console.log('  * it waited: for the load generator, or for a processor on a machine with other work');
}

export function printLatency(rounds: Rounds, rate: number): void {
  const rows = [[`${rate} messages/s`, 'p50 ms', 'p99 ms', 'p99 of the rounds', 'missing']];
  for (const [subject, measured] of rounds) {
    const p50 = middle(measured, (one) => one.latency?.p50 ?? Number.NaN);
    const p99 = middle(measured, p99Of);
    rows.push([subject.name, p50.toFixed(2), p99.toFixed(2), spread(measured, p99Of), missingOf(measured)]);
  }
  printTable('engine: from the publisher to the subscriber', rows);
}

/** Ratios of the medians of two subjects; NaN when one of them is missing. */
class Ratios {
  readonly #figures: EngineFigures;

  constructor(figures: EngineFigures) {
    this.#figures = figures;
  }

  throughput(a: Subject | undefined, b: Subject | undefined): number {
    return this.#of(this.#figures.throughput, (one) => one.perSecond, [a, b]);
  }

  cpu(a: Subject | undefined, b: Subject | undefined): number {
    return this.#of(this.#figures.throughput, (one) => one.cpuMicros, [a, b]);
  }

  p99(a: Subject | undefined, b: Subject | undefined): number {
    return this.#of(this.#figures.latency, p99Of, [a, b]);
  }

  #of(
    rounds: Rounds,
    figure: (one: Measured) => number,
    [a, b]: readonly [Subject | undefined, Subject | undefined],
  ): number {
    const of = (subject: Subject | undefined): number => middle(subject && rounds.get(subject), figure);
    return of(a) / of(b);
  }
}

function againstNodeRed({ houses, nodeReds }: EngineSubjects, ratios: Ratios): Target[] {
  const [, one] = houses;
  const hundred = houses.find(({ rules }) => rules === 100);
  const [jsonata, many, plain] = nodeReds;
  return [
    { what: '1 rule, throughput to Node-RED', value: ratios.throughput(one, jsonata), unit: '×', atLeast: 6 },
    { what: '1 rule, p99 to that of Node-RED', value: ratios.p99(one, jsonata), unit: '×', atMost: 0.25 },
    { what: '1 rule, CPU of Node-RED + mosquitto to ours', value: ratios.cpu(jsonata, one), unit: '×' },
    { what: '100 rules, throughput to Node-RED', value: ratios.throughput(hundred, many), unit: '×' },
    { what: '1 rule, to a flow without JSONata', value: ratios.throughput(one, plain), unit: '×' },
  ];
}

function costs({ broker, houses, unmoved }: EngineSubjects, ratios: Ratios): Target[] {
  const cost = (a: Subject | undefined, b: Subject | undefined) => 100 - 100 * ratios.throughput(a, b);
  const [none] = houses;
  const [ten, hundred, most] = [10, 100, undefined].map((count) =>
    count === undefined ? houses.at(-1) : houses.find(({ rules }) => rules === count),
  );
  return [
    { what: 'house without rules: cost to the broker alone', value: cost(none, broker), unit: '%' },
    {
      what: '100 rules, 1 woken, false: cost to the broker',
      value: cost(unmoved, broker),
      unit: '%',
      atMost: 30,
    },
    {
      what: '100 rules, 1 publishes: cost to the broker',
      value: cost(hundred, broker),
      unit: '%',
      atMost: 30,
    },
    { what: '100 rules, 1 publishes: cost to no rules', value: cost(hundred, none), unit: '%' },
    {
      what: `${most?.rules} rules to 10 rules, throughput`,
      value: ratios.throughput(most, ten),
      unit: '×',
      atLeast: 0.9,
    },
    { what: `${most?.rules} rules to 10 rules, CPU`, value: ratios.cpu(most, ten), unit: '×' },
  ];
}

function others({ houses }: EngineSubjects, { start, loopDelayMs }: EngineFigures): Target[] {
  const { connackMs = [], idleMb = Number.NaN, fullMb = Number.NaN } = start ?? {};
  const most = houses.at(-1);
  return [
    {
      what: '1,000 rules and topics: start to first CONNACK',
      value: median(connackMs) / 1000,
      unit: 's',
      atMost: 0.8,
    },
    { what: 'resident memory, idle', value: idleMb, unit: 'MB', atMost: 90 },
    { what: 'resident, 1,000 rules and topics, 200 clients', value: fullMb, unit: 'MB', atMost: 180 },
    { what: 'event-loop delay p99 at the paced load', value: median(loopDelayMs), unit: 'ms', atMost: 20 },
    { what: `loading ${most?.rules} rules over HTTP`, value: most?.loadSeconds ?? Number.NaN, unit: 's' },
  ];
}

export function printTargetsOf(subjects: EngineSubjects, figures: EngineFigures): void {
  const ratios = new Ratios(figures);
  const targets = [
    ...againstNodeRed(subjects, ratios),
    ...costs(subjects, ratios),
    ...others(subjects, figures),
  ];
  printTargets('engine: beside the targets of the design', targets);
  const busy = subjects.houses.map((house) => middle(figures.throughput.get(house), (one) => one.mainBusy));
  if (median(busy) < starved) {
    console.log('  The houses waited for processors most of the time: repeat this on a calmer machine.');
  }
}
