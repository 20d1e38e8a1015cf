// A house without a broker or a disk, as the product makes them for rule tests, with what only our own tests do to it.
import type { DiscoveryFormat, DiscoveryProblem, HomeParts } from '../../src/devices/index.ts';
import {
  checkText,
  type HomeSettings,
  type LateTrace,
  type LiveEngineOptions,
  type RuleLibrary,
  VirtualHouse,
  type VirtualHouseOptions,
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
  readonly onState?: VirtualHouseOptions['onState'];
  readonly onShadow?: VirtualHouseOptions['onShadow'];
  readonly onDevice?: WorldSettings['deviceChanged'];
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
    ...(options.onDevice && { deviceChanged: options.onDevice }),
  };
}

/** Saves a rule as text; throws with its problems when it has any. */
export function saveText(house: VirtualHouse, text: string, home: HomeSettings): void {
  const { nextVersion: version } = house;
  const { rule, problems, document } = checkText(text, { version, home });
  if (rule === undefined)
    throw new Error(problems.map(({ path, code, message }) => `${path} ${code} ${message}`).join('\n'));
  house.put(rule, Reflect.get(document as object, 'enabled') !== false);
}

/** The machine sleeps: the wall clock and that since its start go on, and nothing else does. */
export function sleep(house: VirtualHouse, ms: number): void {
  const { clock } = house;
  const uptime = clock.uptime.bind(clock);
  clock.uptime = () => uptime() + ms;
  setClock(house, ms);
}

/** The wall clock is set, forward or back. */
function setClock({ clock }: VirtualHouse, ms: number): void {
  const now = clock.now.bind(clock);
  clock.now = () => now() + ms;
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

  save(text: string): void {
    saveText(this, text, this.#settings);
  }

  sleep(ms: number): void {
    sleep(this, ms);
  }

  setClock(ms: number): void {
    setClock(this, ms);
  }
}
