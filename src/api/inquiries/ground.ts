// What inquiries stand on: the house as it is now or was then, in a form that a world is built from.
import type { Clock } from '../../base/index.ts';
import type { Recollection, Registry, TopicStates, Variables, WantedPast } from '../../devices/index.ts';
import {
  type CompiledRule,
  checkText,
  type GivenWorld,
  type HomeSettings,
  type LiveEngine,
  leftOf,
  type RuleLibrary,
  type RuleVersionRow,
  readsDevices,
  type WorldSettings,
} from '../../rules/index.ts';
import { fail } from '../errors.ts';
import type { PastPort, PastRows } from '../past-port.ts';
import type { JournalPort, RuleStore } from '../ports.ts';
import type { TraceStore } from '../trace-port.ts';

/** What a world needs beside its rows. */
export interface ReplayGround {
  readonly settings: WorldSettings;
  readonly breaker: { readonly runs: number; readonly inMs: number };
}

export interface InquiryHouse {
  readonly live: LiveEngine;
  readonly library: RuleLibrary;
  readonly states: TopicStates;
  readonly devices: Registry;
  readonly variables: Variables;
  readonly home: HomeSettings;
  readonly clock: Clock;
  readonly store: RuleStore;
  readonly traces: TraceStore;
  readonly journal: JournalPort;
  readonly past: PastPort;
  readonly replays: ReplayGround;
  /** What topics did before somebody asked. */
  recollect?(wanted: readonly WantedPast[]): Promise<readonly Recollection[]>;
}

/** Devices are described anew in every world, which takes as long as all the rest: only who reads them needs that. */
export function settingsFor(rule: CompiledRule, { settings }: ReplayGround): WorldSettings {
  const runsOthers = rule.touches.some(({ does }) => does === 'run' || does === 'enable');
  if (runsOthers || readsDevices(rule)) return settings;
  const { formats: _formats, ...plain } = settings;
  return plain;
}

export function presentOf({ states, devices, variables }: InquiryHouse, hasDevices: boolean): GivenWorld {
  if (!hasDevices) return leftOf({ states, variables, devices: undefined });
  return { ...leftOf({ states, variables, devices }), descriptions: devices.descriptions() };
}

export function givenOf({ state, rules: _rules, ...rows }: PastRows): GivenWorld {
  return { ...rows, states: state };
}

/** What a rule reads of windows of time, read before: a replay cannot wait for it. */
export async function recollections(
  { recollect }: Pick<InquiryHouse, 'recollect'>,
  { watched }: CompiledRule,
): Promise<readonly Recollection[]> {
  const wanted = watched.flatMap(({ topic, path, keepMs }) =>
    keepMs === undefined ? [] : [{ topic, path: path ?? '', keepMs, before: Number.MAX_SAFE_INTEGER }],
  );
  return wanted.length === 0 || recollect === undefined ? [] : recollect(wanted);
}

const mostSince = 20;

type KeptVersions = Pick<InquiryHouse, 'store' | 'library' | 'home'>;

/** The kept versions of a rule, compiled when they are asked for. */
export class Versions {
  readonly #house: KeptVersions;
  readonly #rows: ReadonlyMap<number, RuleVersionRow>;
  readonly #compiled = new Map<number, CompiledRule | undefined>();

  /** Throws `rule-missing`. */
  static async of(house: KeptVersions, rule: string): Promise<Versions> {
    const rows = await house.store.versionsOf(rule);
    if (rows.length === 0) throw fail('rule-missing', `there is no rule "${rule}"`);
    return new Versions(house, rows);
  }

  constructor(house: KeptVersions, rows: readonly RuleVersionRow[]) {
    this.#house = house;
    this.#rows = new Map(rows.map((row) => [row.version, row]));
  }

  get latest(): number {
    return Math.max(...this.#rows.keys());
  }

  /** This one and those behind it; undefined when they are many. */
  since(version: number): readonly CompiledRule[] | undefined {
    const numbers = [...this.#rows.keys()].filter((each) => each >= version);
    return numbers.length > mostSince ? undefined : numbers.flatMap((each) => this.find(each) ?? []);
  }

  /** Undefined when it is not kept, or not understood any more. */
  find(version: number): CompiledRule | undefined {
    if (this.#compiled.has(version)) return this.#compiled.get(version);
    const row = this.#rows.get(version);
    const { library, home } = this.#house;
    const rule = row && (library.find(row.rule, version) ?? checkText(row.source, { version, home }).rule);
    this.#compiled.set(version, rule);
    return rule;
  }
}
