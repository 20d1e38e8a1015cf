// The house that a test plays in, and what its steps do to it.
import { LocalTime } from '../../expression/index.ts';
import type { HomeSettings } from '../compile/context.ts';
import { VirtualHouse, type VirtualHouseOptions } from '../replay/virtual-house.ts';
import type { DueItem } from '../run/due-item.ts';
import { parseClockText } from '../schedule/clock-text.ts';
import type { Happened } from './expectation.ts';
import { beginningOf, type GivenDocument } from './given.ts';
import type { Pace, Played } from './pace.ts';
import type { StandInDevices } from './stand-in-devices.ts';
import { StandInService } from './stand-in-service.ts';
import { TestFault } from './test-fault.ts';

const dayMs = 86_400_000;
/** In one piece: what happens every few seconds in a house that waits counts, too. */
const longestPieceMs = 3_600_000;
/** Of a step that is repeated; by number, so that answers of services come at the same place each time. */
const piece = 50;

export interface StageOptions {
  readonly given: GivenDocument;
  /** Where the test says nothing of its own. */
  readonly home: HomeSettings;
  readonly pace: Pace;
  makeHouse?(options: VirtualHouseOptions): VirtualHouse;
}

export class Stage {
  readonly house: VirtualHouse;
  readonly devices: StandInDevices;
  readonly zone: string;
  readonly #services = new Map<string, StandInService>();
  readonly #pace: Pace;
  #inputs = 0;
  #bytes = 0;

  constructor({ given, home, pace, makeHouse = (options) => new VirtualHouse(options) }: StageOptions) {
    const { time, zone, settings, rows, devices } = beginningOf(given, home);
    this.#pace = pace;
    this.zone = zone;
    this.devices = devices;
    this.house = makeHouse({ time, settings, rows });
    for (const name of given.services) {
      const service = new StandInService(name);
      this.#services.set(name, service);
      this.house.services.set(name, service.call);
    }
    for (const [id, document] of Object.entries(given.mappings))
      this.command({ do: 'device', change: { change: 'map', id, document, version: 1 } });
  }

  /** Throws TestFault when the test has none of that name. */
  service(name: string): StandInService {
    const service = this.#services.get(name);
    if (service === undefined) throw new TestFault(`the test has no service "${name}"`);
    return service;
  }

  /** What a person asks of the house. */
  command(command: Parameters<VirtualHouse['command']>[0]): void {
    this.house.command(command);
  }

  /** Answers of services have come to whom they are for. */
  turn(): Promise<void> {
    return this.#pace.turn();
  }

  /** A step or a piece of it is over. */
  played(): Promise<void> {
    return this.#pace.step(this.#count());
  }

  /** What it came to so far. */
  #count(): Played {
    for (const input of this.house.inputs.splice(0)) {
      this.#inputs++;
      if (input.kind === 'message') this.#bytes += input.payload.byteLength;
    }
    return { inputs: this.#inputs, bytes: this.#bytes };
  }

  /** The same again, with turns of others in between. */
  async repeat(times: number, act: (stage: Stage) => void): Promise<void> {
    for (let count = 1; count <= times; count++) {
      act(this);
      this.#pace.check(this.#count());
      if (count % piece !== 0) continue;
      await this.played();
      await this.turn();
    }
  }

  /** From one thing that comes due to the next. */
  async advance(ms: number): Promise<void> {
    const { house } = this;
    const to = house.clock.now() + ms;
    do {
      const now = house.clock.now();
      const due = house.live.engine.due.peek()?.at ?? to;
      house.advance(Math.min(Math.max(due, now + 1), to, now + longestPieceMs) - now);
      await this.played();
    } while (house.clock.now() < to);
  }

  /** To the next time at which clocks show it. */
  async advanceToClock(text: string): Promise<void> {
    const ofDay = parseClockText(text);
    if (ofDay === undefined) throw new TestFault(`"${text}" is no time of day`);
    const now = this.house.clock.now();
    const time = new LocalTime(this.zone);
    const midnight = Math.floor(time.local(now) / dayMs) * dayMs;
    const today = time.instant(midnight + ofDay);
    await this.advance((today > now ? today : time.instant(midnight + dayMs + ofDay)) - now);
  }

  async restart(downMs: number): Promise<void> {
    await this.turn();
    for (const service of this.#services.values()) service.forget();
    this.house.restart(downMs);
  }

  /** Runs and what triggers hold, by the ids of their timers. */
  get waiting(): readonly string[] {
    return [...this.house.rows.runs.rows.keys(), ...this.#timers('hold')];
  }

  /** What happened since the last look. */
  async look(): Promise<Happened> {
    await this.turn();
    const { house } = this;
    return {
      published: house.published.splice(0),
      traces: house.traces.splice(0),
      logged: house.logged.splice(0),
      calls: [...this.#services.values()].flatMap((service) => service.takeCalls()),
      waiting: house.rows.runs.rows.size,
      held: this.#timers('hold').length,
      state: (topic) => house.states.state(topic),
      variable: (name) => house.home.variable(name),
    };
  }

  #timers(kind: DueItem['kind']): readonly string[] {
    return [...this.house.live.engine.due.values()]
      .filter(({ item }) => item.kind === kind)
      .map(({ id }) => id);
  }
}
