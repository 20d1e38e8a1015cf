// The house as an engine: message → JSONata condition → action published, against Node-RED with mosquitto doing the same,
// and what rules cost against the broker alone. Ratios of medians of interleaved rounds; nothing is gated on them.
import { printLatency, printTargetsOf, printThroughput } from './support/engine-report.ts';
import { type EngineSubjects, startSubjects } from './support/engine-subjects.ts';
import { buildServer, metricOf } from './support/house-subject.ts';
import { measureStart } from './support/start-figures.ts';
import {
  countFor,
  interleave,
  type Measured,
  pace,
  type Rounds,
  type Subject,
  saturate,
} from './support/subject.ts';
import { attempt, type Tally } from './support/tally.ts';

interface Plan {
  readonly isQuick: boolean;
  readonly rounds: number;
  /** Of one saturating measurement, about. */
  readonly seconds: number;
  readonly pacedSeconds: number;
  readonly starts: number;
  /** Before memory is looked at: what start-up left for the garbage collector and for timers is done by then. */
  readonly restMs: number;
}

const fullPlan: Plan = { isQuick: false, rounds: 5, seconds: 1.2, pacedSeconds: 3, starts: 5, restMs: 3000 };
const quickPlan: Plan = {
  isQuick: true,
  rounds: 3,
  seconds: 0.25,
  pacedSeconds: 0.6,
  starts: 2,
  restMs: 1000,
};
/** Messages a second at which latencies are taken. */
const rate = 2000;

/** A subscriber that did not get everything makes the figure worthless. */
function complete(subject: Subject, measured: Measured): Measured {
  if (measured.missing === 0) return measured;
  throw new Error(`${measured.missing} messages of ${subject.name} never came`);
}

class EngineBench {
  readonly #subjects: EngineSubjects;
  readonly #plan: Plan;
  readonly #tally: Tally;
  readonly loopDelayMs: number[] = [];

  constructor(subjects: EngineSubjects, plan: Plan, tally: Tally) {
    this.#subjects = subjects;
    this.#plan = plan;
    this.#tally = tally;
  }

  async throughput(): Promise<Rounds> {
    const counts = new Map<Subject, number>();
    for (const subject of this.#subjects.all) {
      const count = await attempt(this.#tally, `${subject.name}, warming`, () =>
        countFor(subject, this.#plan.seconds, this.#plan.isQuick),
      );
      if (count !== undefined) counts.set(subject, count);
    }
    return interleave([...counts.keys()], this.#plan.rounds, (subject) =>
      attempt(this.#tally, `${subject.name}, throughput`, async () =>
        complete(subject, await saturate(subject, counts.get(subject) ?? 0)),
      ),
    );
  }

  async latency(): Promise<Rounds> {
    const { broker, mosquitto, houses, nodeReds } = this.#subjects;
    const [, one] = houses;
    const others = this.#plan.isQuick ? [] : [mosquitto, houses.at(-1)];
    const paced = [broker, one, nodeReds[0], ...others].filter((subject) => subject !== undefined);
    return interleave(paced, this.#plan.rounds, (subject) =>
      attempt(this.#tally, `${subject.name}, latency`, () => this.#pace(subject)),
    );
  }

  async #pace(subject: Subject): Promise<Measured> {
    const [, one] = this.#subjects.houses;
    const delay = async (): Promise<number> =>
      one === undefined ? Number.NaN : metricOf(one.house, 'nodejs_eventloop_lag_p99_seconds');
    if (subject === one) await delay(); // asking begins a new period
    const measured = complete(subject, await pace(subject, rate, this.#plan.pacedSeconds));
    if (subject === one) this.loopDelayMs.push((await delay()) * 1000);
    return measured;
  }
}

async function measure(subjects: EngineSubjects, plan: Plan, tally: Tally): Promise<void> {
  const bench = new EngineBench(subjects, plan, tally);
  const throughput = await bench.throughput();
  const latency = await bench.latency();
  const start = await attempt(tally, 'start and memory', () => measureStart(plan.starts, plan.restMs));
  printThroughput(throughput);
  printLatency(latency, rate);
  printTargetsOf(subjects, { throughput, latency, loopDelayMs: bench.loopDelayMs, start });
}

/** Every measurement that ran or failed is counted in `tally`. */
export async function run(options: { readonly quick: boolean; readonly tally: Tally }): Promise<void> {
  const plan = options.quick ? quickPlan : fullPlan;
  const subjects = await attempt(options.tally, 'engine, starting', () => {
    buildServer();
    return startSubjects(plan.isQuick);
  });
  if (subjects === undefined) return;
  try {
    await measure(subjects, plan, options.tally);
  } finally {
    await subjects.stop();
  }
}
