// A house without a broker or a disk, as the product makes them for rule tests, with what only our own tests do to it.
import type { VirtualClock } from '../../src/base/index.ts';
import type { DiscoveryFormat, DiscoveryProblem, HomeParts } from '../../src/devices/index.ts';
import {
  checkText,
  type LateTrace,
  type LiveEngineOptions,
  type RuleLibrary,
  VirtualHouse,
  type WorldSettings,
} from '../../src/rules/index.ts';

export { MemoryRows as MapRows, type Published, type WorldMessage } from '../../src/rules/index.ts';

interface WorldOptions extends Pick<HomeParts, 'calendar' | 'place' | 'devices'> {
  /** Devices are read from topics by these, and by hand. */
  readonly formats?: readonly DiscoveryFormat[];
  readonly time: number;
  readonly zone?: string;
  readonly library?: RuleLibrary;
  readonly isStill?: boolean;
  readonly plausibleFrom?: number;
  readonly recollect?: LiveEngineOptions['recollect'];
}

interface Noticed {
  readonly problems: DiscoveryProblem[];
  readonly late: { readonly trace: LateTrace; readonly atOnce: string }[];
}

function settingsOf(options: WorldOptions, { problems }: Noticed): WorldSettings {
  const { zone = 'UTC', place, calendar, devices: directory, formats } = options;
  const payloadBytes = formats === undefined ? 64 : 65_536;
  return {
    ...{ zone, place, formats, directory },
    ...(calendar && { calendar }),
    limits: { topics: 1000, payloadBytes, topicsPerClient: 500 },
    problem: (problem) => void problems.push(problem),
  };
}

export class RuleWorld extends VirtualHouse {
  /** Traces to be read later, with what they were at once. */
  readonly late: Noticed['late'];
  /** What discovery complained of. */
  readonly problems: Noticed['problems'];
  readonly #settings: WorldSettings;

  constructor(options: WorldOptions) {
    const noticed: Noticed = { problems: [], late: [] };
    const settings = settingsOf(options, noticed);
    const onTrace = (trace: LateTrace): void =>
      void noticed.late.push({ trace, atOnce: JSON.stringify(trace.read()) });
    super({ ...options, settings, onTrace });
    this.late = noticed.late;
    this.problems = noticed.problems;
    this.#settings = settings;
  }

  /** Saves a rule as text; throws with its problems when it has any. */
  save(text: string): void {
    const { nextVersion: version } = this;
    const { rule, problems, document } = checkText(text, { version, home: this.#settings });
    if (rule === undefined)
      throw new Error(problems.map(({ path, code, message }) => `${path} ${code} ${message}`).join('\n'));
    this.put(rule, Reflect.get(document as object, 'enabled') !== false);
  }

  /** The machine sleeps: the wall clock and that since its start go on, and nothing else does. */
  sleep(ms: number): void {
    const { clock } = this;
    const uptime = clock.uptime.bind(clock);
    clock.uptime = () => uptime() + ms;
    this.setClock(ms);
  }

  /** The wall clock is set, forward or back. */
  setClock(ms: number): void {
    const clock: VirtualClock = this.clock;
    const now = clock.now.bind(clock);
    clock.now = () => now() + ms;
  }
}
