// The house as expressions see it: state, variables, calendar, sun and devices behind one read-only view.
import type { Clock, Timestamp } from '../base/index.ts';
import {
  type DevicePlan,
  type DeviceView,
  type DeviceWish,
  type HomeCalendar,
  type HomeView,
  type LastMessage,
  OfferedFunctions,
  type PastQuery,
  type Stretch,
  type SunView,
  type WindowView,
} from '../expression/index.ts';
import { Calendar, type CalendarDays } from './calendar.ts';
import type { SecretRows, VariableRows } from './ports.ts';
import { Secrets } from './secrets.ts';
import { type Place, Sun } from './sun.ts';
import type { TopicStates } from './topic-states.ts';
import { Variables } from './variables.ts';

/** What the house keeps beside its topics. */
export interface HomeRows {
  readonly variables: VariableRows;
  readonly secrets: SecretRows;
}

/** Who knows the devices; pure, given the state. */
export type DeviceDirectory = Pick<HomeView, 'device' | 'devices' | 'commandsFor'>;

export interface HomeParts {
  readonly states: TopicStates;
  readonly rows: HomeRows;
  /** IANA name of the time zone. */
  readonly zone: string;
  readonly calendar?: CalendarDays;
  readonly place?: Place | undefined;
  /** Without it no device is known. */
  readonly devices?: DeviceDirectory | undefined;
  /** For how long an evaluation takes, never for what it gives. */
  readonly clock?: Clock;
}

export class Home implements HomeView {
  readonly zone: string;
  readonly place: Place | undefined;
  readonly calendar: HomeCalendar;
  readonly variables: Variables;
  readonly secrets: Secrets;
  /** Of expressions, offered by others than the house. */
  readonly functions = new OfferedFunctions();
  readonly #states: TopicStates;
  readonly #sun: Sun | undefined;
  readonly #devices: DeviceDirectory | undefined;
  readonly #clock: Clock | undefined;

  constructor({ states, rows, zone, calendar, place, devices, clock }: HomeParts) {
    this.zone = zone;
    this.place = place;
    this.calendar = new Calendar(calendar ?? { holidays: [], workdays: [] });
    this.#states = states;
    this.variables = new Variables(rows.variables);
    this.secrets = new Secrets(rows.secrets);
    this.#sun = place && new Sun(place, zone);
    this.#devices = devices;
    this.#clock = clock;
  }

  monotonic(): number {
    return this.#clock?.monotonic() ?? 0;
  }

  state(topic: string): unknown {
    return this.#states.state(topic);
  }

  states(filter: string): ReturnType<HomeView['states']> {
    return this.#states.states(filter);
  }

  last(topic: string): LastMessage | undefined {
    const state = this.#states.find(topic);
    if (state === undefined) return undefined;
    const { payload, previous, at, origin, by } = state;
    const last = { at, by: { origin, id: by } };
    const was = previous?.value;
    return {
      ...last,
      ...(payload.value !== undefined && { value: payload.value }),
      ...(was !== undefined && { previous: was }),
    };
  }

  changedAt(topic: string, path?: string): Timestamp | undefined {
    return this.#states.changedAt(topic, path);
  }

  sun(at: Timestamp): SunView | undefined {
    return this.#sun?.at(at);
  }

  variable(name: string): unknown {
    return this.variables.find(name)?.value;
  }

  over(query: PastQuery, stretch: Stretch): WindowView {
    return this.#states.past.over(query, stretch);
  }

  at(query: PastQuery, at: Timestamp): unknown {
    return this.#states.past.valueAt(query, at);
  }

  secret(name: string): string | undefined {
    return this.secrets.value(name);
  }

  device(id: string): DeviceView | undefined {
    return this.#devices?.device(id);
  }

  devices(label?: string): readonly DeviceView[] {
    return this.#devices?.devices(label) ?? [];
  }

  commandsFor(id: string, wish: DeviceWish): DevicePlan | undefined {
    return this.#devices?.commandsFor(id, wish);
  }
}
