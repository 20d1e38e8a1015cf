// What devices say and are told: values of properties, whether they are there, commands on their way. All of it follows
// from messages alone, so that a replay and a restart come to the same.
import type { Timestamp } from '../../base/index.ts';
import type { CommandedWish } from '../../expression/index.ts';
import type { Availability, PropertyDescription, ReportMessage } from '../model/description.ts';
import type { Payload } from '../payload.ts';
import type { DevicePropertyRow } from '../ports.ts';
import type { TopicState } from '../topic-state.ts';
import type { Author, Device, PropertyState } from './device.ts';
import type { Formulas } from './formulas.ts';
import { wantedBy } from './overheard.ts';
import type { AvailabilityRef, ReportRef, TopicEntry } from './topic-index.ts';
import { agrees, judgeReport } from './values.ts';

/** A message as devices hear it. */
export interface HeardMessage {
  readonly topic: string;
  readonly at: Timestamp;
  readonly payload: Payload;
  readonly author: Author;
  /** When the last message of this topic came. */
  readonly previousAt: Timestamp | undefined;
  /** Its bytes are others than those of that message. */
  readonly isChanged: boolean;
  /** Of a command that this house made. */
  readonly wish?: CommandedWish | undefined;
}

export interface ReportsHouse {
  readonly formulas: Formulas;
  find(topic: string): TopicState | undefined;
  keep(row: DevicePropertyRow): void;
  /** It reports another value, or came or went. */
  changed(device: Device): void;
}

/** A report that agrees within this time is what the command brought about. */
export const answerMs = 5_000;

/** What a message said of devices. */
export interface Said {
  readonly devices: Iterable<Device>;
  /** Who commanded what a device now reports; undefined: it is no answer. */
  readonly commandedBy: Author | undefined;
}

/** How a value came. */
interface Saying {
  readonly at: Timestamp;
  readonly author: Author;
  readonly topic: string;
  /** When it became what it is, where that is known. */
  readonly changedAt?: Timestamp;
  /** The state of the topic tells the same at a start, when the value changed by this message: it needs no row. */
  readonly isRetold: boolean;
}

const authorOf = ({ origin, by }: TopicState): Author => ({ origin, id: by });

function messageOf(topic: string, payload: Payload): ReportMessage {
  return { topic, payload: payload.value, raw: payload.raw };
}

/** As JSON; most are no objects. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const mayBeSame = typeof one === 'object' && typeof other === 'object';
  return mayBeSame && JSON.stringify(one) === JSON.stringify(other);
}

/** Whether its row tells of the last change. */
function isTold({ kept, changedAt }: PropertyState): boolean {
  return kept?.changedAt === changedAt;
}

/** Whether a start that knows only the row and reads the one topic again comes to this state. */
function isRetold(
  { reports }: PropertyDescription,
  { value, at, kept }: PropertyState,
  known: PropertyState | undefined,
): boolean {
  if (reports?.length !== 1 || (known !== undefined && known.at >= at)) return false;
  return kept === undefined || !isSame(kept.value, value);
}

/** Undefined: that cannot be told yet. */
function presence({ mode, reports }: Availability, said: ReadonlyMap<string, boolean>): boolean | undefined {
  const values = reports.map(({ topic }) => said.get(topic));
  if (mode === 'latest') return [...said.values()].at(-1);
  const decides = mode === 'any';
  if (values.includes(decides)) return decides;
  return values.includes(undefined) ? undefined : !decides;
}

export class Reports {
  readonly #house: ReportsHouse;
  /** What each topic last said of a device's presence, the latest last. */
  readonly #presence = new WeakMap<Device, Map<string, boolean>>();

  constructor(house: ReportsHouse) {
    this.#house = house;
  }

  // hot: for every message of a device; test/bench/engine.ts
  hear(entry: TopicEntry, message: HeardMessage): Said {
    const told = entry.commands.length === 0 ? undefined : this.#commanded(entry, message);
    const { at, author } = message;
    const commandedBy = this.#hearValues(entry, message);
    for (const ref of entry.availability)
      this.#hearPresence(ref, messageOf(message.topic, message.payload), at);
    const isDevice = author.origin === 'client' || author.origin === 'bridge';
    const devices = told === undefined ? entry.devices : new Set([...told, ...entry.devices]);
    for (const device of devices) {
      if (isDevice && entry.reports.length > 0) device.seen = at;
      device.changed();
    }
    return { devices, commandedBy: isDevice ? commandedBy : undefined };
  }

  /** Gives who commanded one of them. */
  #hearValues({ reports }: TopicEntry, message: HeardMessage): Author | undefined {
    if (reports.length === 0) return undefined;
    const { topic, payload, at, author } = message;
    const said = messageOf(topic, payload);
    const isRetold = message.isChanged && message.previousAt !== undefined && author.cause === undefined;
    const saying = { at, author, topic, isRetold };
    let commandedBy: Author | undefined;
    for (const ref of reports) {
      const value = this.#read(ref, said, at);
      if (value !== undefined)
        commandedBy = this.#say(ref.device, ref.property, value, saying) ?? commandedBy;
      else this.#saidNothing(ref, message);
    }
    // The state of the topic has one author, its values perhaps several.
    if (commandedBy !== undefined) for (const { device } of reports) this.#keepAll(device);
    return commandedBy;
  }

  /** A device was described, perhaps anew: what its topics said already counts. */
  catchUp(device: Device): void {
    const { description } = device;
    this.#presence.delete(device);
    device.online = undefined;
    if (description === undefined) return this.rest(device);
    this.#keepAll(device);
    const refs = description.properties.flatMap((property) =>
      (property.reports ?? []).flatMap((report) => {
        const state = this.#house.find(report.topic);
        return state === undefined || state.payload.bytes.length === 0
          ? []
          : [{ ref: { device, property, report }, state }];
      }),
    );
    for (const { ref, state } of refs.sort((a, b) => a.state.at - b.state.at)) this.#recall(ref, state);
    const states = (description.availability?.reports ?? []).flatMap((report) => {
      const state = this.#house.find(report.topic);
      return state === undefined ? [] : [{ ref: { device, report }, state }];
    });
    for (const { ref, state } of states.sort((a, b) => a.state.at - b.state.at))
      this.#hearPresence(ref, messageOf(state.topic, state.payload), state.at);
    device.said.clear();
    device.changed();
  }

  /** Nobody tells of it any more: what it said last is kept, since no topic can tell again. */
  rest(device: Device): void {
    device.seen = undefined;
    for (const state of device.states.values()) device.seen = Math.max(device.seen ?? 0, state.at);
    this.#keepAll(device);
    device.changed();
  }

  /** Topics may not be able to tell it again. */
  #keepAll(device: Device): void {
    for (const [property, state] of device.states)
      if (state.kept?.at !== state.at) this.keep(device, property, state);
  }

  #recall(ref: ReportRef, state: TopicState): void {
    const { device, property } = ref;
    const known = device.states.get(property.id);
    if (state.origin === 'client' || state.origin === 'bridge')
      device.seen = Math.max(device.seen ?? 0, state.at);
    if (known !== undefined && known.at >= state.at) return;
    const value = this.#read(ref, messageOf(state.topic, state.payload), state.at);
    if (value === undefined) return;
    const { at, topic, changedAt } = state;
    this.#say(device, property, value, { at, topic, changedAt, author: authorOf(state), isRetold: true });
  }

  /** Undefined: the message says nothing of the property. */
  #read({ device, property, report }: ReportRef, message: ReportMessage, at: Timestamp): unknown {
    const result = this.#house.formulas.read(report.read, message);
    if ('error' in result) device.failed(at, property.id, result.error);
    if ('error' in result || result.value === undefined) return undefined;
    const judged = judgeReport(property, result.value);
    if ('value' in judged) return judged.value;
    device.failed(at, property.id, `expected ${judged.expected} on ${message.topic}`);
    return undefined;
  }

  /** Gives who commanded it. */
  #say(device: Device, property: PropertyDescription, value: unknown, saying: Saying): Author | undefined {
    const { at, topic } = saying;
    const known = device.states.get(property.id);
    const isEqual = known !== undefined && isSame(known.value, value);
    const isChanged = !isEqual || property.kind === 'event';
    const commandedBy = this.#answered(device, property, value, saying);
    const by = commandedBy ?? saying.author;
    const changedAt = isChanged ? (saying.changedAt ?? at) : known.changedAt;
    const state = { value, at, changedAt, by: isChanged ? by : known.by, topic, kept: known?.kept };
    device.states.set(property.id, state);
    device.said.add(property.id);
    const needsNone = isChanged ? saying.isRetold && isRetold(property, state, known) : isTold(known);
    if (!needsNone) this.keep(device, property.id, state);
    if (!isEqual) this.#house.changed(device);
    return commandedBy;
  }

  /** Who commanded what is now reported; the command is done then. One that ran out ends with any report. */
  #answered(
    device: Device,
    property: PropertyDescription,
    value: unknown,
    { at }: Saying,
  ): Author | undefined {
    const told = device.told.get(property.id);
    if (told === undefined || at < told.at) return undefined;
    const isOver = at > told.until;
    const isAgreed = agrees(property, told.value, value);
    if (isAgreed || isOver) device.pending.delete(property.id);
    if (isOver) device.told.delete(property.id);
    return isAgreed && !isOver ? told.by : undefined;
  }

  /** The topic's latest message can no longer tell the value after a restart: it is kept apart. */
  #saidNothing({ device, property }: ReportRef, { topic, previousAt }: HeardMessage): void {
    const state = device.states.get(property.id);
    if (state?.topic === topic && state.at === previousAt && state.kept?.at !== state.at)
      this.keep(device, property.id, state);
  }

  keep(device: Device, property: string, state: PropertyState): void {
    const { at, changedAt, topic } = state;
    const { origin, id: by, cause = null } = state.by;
    const value = JSON.stringify(state.value);
    state.kept = state;
    this.#house.keep({ device: device.id, property, value, at, changedAt, topic, origin, by, cause });
  }

  #hearPresence({ device, report }: AvailabilityRef, message: ReportMessage, at: Timestamp): void {
    const result = this.#house.formulas.read(report.read, message);
    if ('error' in result) return device.failed(at, 'availability', result.error);
    if (typeof result.value !== 'boolean') return;
    const said = this.#presence.get(device) ?? new Map<string, boolean>();
    said.delete(report.topic);
    this.#presence.set(device, said.set(report.topic, result.value));
    const availability = device.description?.availability;
    const online = availability === undefined ? device.online : presence(availability, said);
    if (online === device.online) return;
    device.online = online;
    device.presenceAt = at;
    this.#house.changed(device);
  }

  /** What is told to devices on this topic is pending from now on. */
  #commanded(entry: TopicEntry, message: HeardMessage): Device[] {
    const { at, author, wish } = message;
    const { depth: _depth, ...commanding } = author;
    const told: Device[] = [];
    for (const ref of entry.commands) {
      const { device, property } = ref;
      const own = wish?.device === device.id ? wish.properties[property.id] : undefined;
      const value = own ?? (wish === undefined ? wantedBy(ref, message, this.#house.formulas) : undefined);
      if (value === undefined || property.kind === 'button') continue;
      const until = at + answerMs + (wish?.transitionMs ?? 0);
      const command = { value, at, by: commanding, until };
      device.pending.set(property.id, command);
      device.told.set(property.id, command);
      told.push(device);
    }
    return told;
  }

  /** At a start: what the latest message of a command's topic asked for may still be answered. */
  recallCommands(device: Device, since: Timestamp): void {
    for (const property of device.description?.properties ?? []) {
      const asked = property.command && this.#house.find(property.command.topic);
      if (asked === undefined || asked.at < since || property.kind === 'button') continue;
      const value = wantedBy({ device, property }, asked, this.#house.formulas);
      if (value === undefined) continue;
      const command = { value, at: asked.at, by: authorOf(asked), until: asked.at + answerMs };
      device.told.set(property.id, command);
      const state = device.states.get(property.id);
      const isAnswered = state !== undefined && state.at >= asked.at && agrees(property, value, state.value);
      if (!isAnswered) device.pending.set(property.id, command);
    }
  }
}
