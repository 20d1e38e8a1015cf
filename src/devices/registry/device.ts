// One device of this house: what it is said to be, what people say of it, what it reports and what it was told. Changed
// by the registry alone; everybody else looks.
import type { Timestamp } from '../../base/index.ts';
import type { DeviceView } from '../../expression/index.ts';
import type { DeviceDescription, PropertyDescription } from '../model/description.ts';
import type { DeviceRow } from '../ports.ts';

/** Who said or wanted something. */
export interface Author {
  /** client, rule, api, bridge or flow. */
  readonly origin: string;
  /** Client, rule or user; empty when unknown. */
  readonly id: string;
  /** The run that led to it. */
  readonly cause?: string;
  /** Rules and flows that led to what was said in the device's place; never of a device itself. Not kept in rows. */
  readonly depth?: number;
}

/** What a device reported. */
export interface PropertyState {
  /** null: not known. */
  readonly value: unknown;
  readonly at: Timestamp;
  readonly changedAt: Timestamp;
  /** Who wanted it when it agrees with a command, else who reported it. */
  readonly by: Author;
  /** The topic that said it. */
  readonly topic: string;
  /** What its row says: itself, an older one, or nothing, when there is no row. Changed by `Reports` alone. */
  kept: PropertyState | undefined;
}

/** What a device was told and has not reported yet. */
export interface PendingCommand {
  readonly value: unknown;
  readonly at: Timestamp;
  readonly by: Author;
  /** Until then it is expected; afterwards it is shown as unconfirmed. */
  readonly until: Timestamp;
}

/** What went wrong with its expressions and values. */
export interface DeviceErrors {
  count: number;
  last: { readonly at: Timestamp; readonly property: string; readonly message: string } | undefined;
}

/** Short names that one property alone wants, and none has. */
function shortsOf(properties: readonly PropertyDescription[]): ReadonlyMap<string, PropertyDescription> {
  const wanted = Map.groupBy(properties, ({ short }) => short ?? '');
  wanted.delete('');
  for (const { id } of properties) wanted.delete(id);
  return new Map(
    [...wanted].flatMap(([short, [one, ...others]]) => (one && others.length === 0 ? [[short, one]] : [])),
  );
}

export class Device {
  readonly states = new Map<string, PropertyState>();
  readonly pending = new Map<string, PendingCommand>();
  /** What it was told of late, reported or not: until its time is over, a report that agrees is the command's. */
  readonly told = new Map<string, PendingCommand>();
  /** The properties that the present message reports, with whatever value; empty between messages. */
  readonly said = new Set<string>();
  readonly errors: DeviceErrors = { count: 0, last: undefined };
  row: DeviceRow;
  online: boolean | undefined;
  /** When it last said that it came or went. */
  presenceAt: Timestamp | undefined;
  seen: Timestamp | undefined;
  #description: DeviceDescription | undefined;
  #properties = new Map<string, PropertyDescription>();
  #shorts: ReadonlyMap<string, PropertyDescription> = new Map();
  #view: DeviceView | undefined;

  constructor(row: DeviceRow) {
    this.row = row;
  }

  get id(): string {
    return this.row.id;
  }

  get name(): string {
    return this.row.name ?? this.#description?.name ?? (this.row.toldName || this.id);
  }

  get room(): string | undefined {
    return this.row.room ?? this.#description?.room;
  }

  /** What leads to it from `$devices(label)`. */
  get labels(): readonly string[] {
    const { labels } = this.row;
    return this.room === undefined ? labels : [...labels, `room:${this.room}`];
  }

  /** Whether it is one of `$devices()`: somebody tells of it. */
  get isListed(): boolean {
    return this.#description !== undefined;
  }

  /** Whether people said anything of it. */
  get isTouched(): boolean {
    const { name, room, labels, hidden, note } = this.row;
    return name !== null || room !== null || labels.length > 0 || hidden || note !== '';
  }

  /** Undefined when nobody tells of it any more: it is gone. */
  get description(): DeviceDescription | undefined {
    return this.#description;
  }

  set description(description: DeviceDescription | undefined) {
    this.#description = description;
    const properties = description?.properties ?? [];
    this.#properties = new Map(properties.map((property) => [property.id, property]));
    this.#shorts = shortsOf(properties);
    this.changed();
  }

  /** By its id, or its short name. */
  property(name: string): PropertyDescription | undefined {
    return this.#properties.get(name) ?? this.#shorts.get(name);
  }

  /** What it last reported, by property; what it never did, or is not known, is missing. */
  reported(): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const id of this.#properties.keys()) {
      const value = this.states.get(id)?.value;
      if (value !== undefined && value !== null) values[id] = value;
    }
    return values;
  }

  /** As rules see it. */
  view(): DeviceView {
    this.#view ??= {
      id: this.id,
      name: this.name,
      ...(this.room !== undefined && { room: this.room }),
      ...(this.online !== undefined && { online: this.online }),
      ...(this.seen !== undefined && { seen: this.seen }),
      properties: this.#shown(),
    };
    return this.#view;
  }

  /** By id and by short name. */
  #shown(): Readonly<Record<string, unknown>> {
    const reported = this.reported();
    if (this.#shorts.size === 0) return reported;
    const shown: Record<string, unknown> = { ...reported };
    for (const [short, { id }] of this.#shorts) if (reported[id] !== undefined) shown[short] = reported[id];
    return shown;
  }

  /** What rules see is to be made anew. */
  changed(): void {
    this.#view = undefined;
  }

  failed(at: Timestamp, property: string, message: string): void {
    this.errors.count++;
    this.errors.last = { at, property, message };
  }
}
