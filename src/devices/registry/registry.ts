// The devices of the house: what sources describe, merged into one device for each key, with what it reports and was
// told. One synchronous step behind the state of topics; it reads no clock and depends on nothing but messages and rows.
import type { Timestamp } from '../../base/index.ts';
import type { CommandedWish, DevicePlan, DeviceView, DeviceWish } from '../../expression/index.ts';
import { Brought } from '../discovery/brought.ts';
import type { DiscoveryFormat, DiscoveryProblem } from '../discovery/format.ts';
import { Learned } from '../discovery/learned/learned.ts';
import { Mappings, mappingSchema } from '../discovery/mapping.ts';
import type { DeviceDirectory } from '../home.ts';
import type { DeviceDescription } from '../model/description.ts';
import type { DeviceMappingRow, DevicePropertyRow, DeviceRow, DeviceRows } from '../ports.ts';
import type { StateUpdate, TopicStates } from '../topic-states.ts';
import type { DeviceChange } from './changes.ts';
import { Claims, type DeviceKey } from './claims.ts';
import type { Author, Device, PropertyState } from './device.ts';
import { Formulas } from './formulas.ts';
import { merged, restricted, topicsOf } from './merge.ts';
import { News, type NewsOfDevices, noNews } from './news.ts';
import { planFor } from './planning.ts';
import { answerMs, Reports } from './reports.ts';
import { keyOf, Roster } from './roster.ts';
import { type Descriptions, type Source, Sources, type Told } from './sources.ts';
import { type TopicEntry, TopicIndex } from './topic-index.ts';
import { topicsViewOf } from './topics-view.ts';
import { Trails } from './trails.ts';

/** What a message did to devices. */
export interface HeardDevices extends NewsOfDevices {
  /** Who commanded what is now reported: the message counts as theirs. */
  readonly commandedBy: Author | undefined;
}

/** What an input gives beside the state that it left. */
export interface Heard {
  readonly origin: string;
  readonly by: string;
  readonly cause?: string | undefined;
  /** Rules and flows that led to it. */
  readonly depth: number;
  /** Of a command that this house made. */
  readonly wish?: CommandedWish | undefined;
}

export interface RegistryOptions {
  readonly formats: readonly DiscoveryFormat[];
  readonly states: TopicStates;
  readonly rows: DeviceRows;
  /** Devices kept; more are not and counted. */
  readonly most: number;
  readonly observer: RegistryObserver;
}

type Mapped = DeviceChange & { readonly change: 'map' };
type BroughtOf = DeviceChange & { readonly change: 'bring' };
type LearnedOf = DeviceChange & { readonly change: 'learn' };

export interface LoadedDevices {
  readonly devices: Iterable<DeviceRow>;
  readonly properties: Iterable<DevicePropertyRow>;
  readonly mappings: Iterable<DeviceMappingRow>;
  /** Of another registry, over the very same topics. */
  readonly descriptions?: Descriptions | undefined;
}

export interface RegistryObserver {
  /** It was described, reported, was told, was edited, came, went or is gone. Called while a message is decided. */
  deviceChanged(device: Device): void;
  deviceForgotten(id: string): void;
  problem(problem: DiscoveryProblem): void;
}

/** What all sources tell of one key. */
interface Kin {
  readonly format: DiscoveryFormat;
  readonly key: string;
  readonly bySource: Map<string, DeviceDescription>;
}

const unheard: HeardDevices = { ...noNews, commandedBy: undefined };

export class Registry implements DeviceDirectory {
  readonly roster: Roster;
  /** For those who look back. */
  readonly trails: Trails;
  readonly #options: RegistryOptions;
  readonly #formulas = new Formulas();
  readonly #index = new TopicIndex();
  readonly #claims = new Claims();
  readonly #sources: Sources;
  readonly #reports: Reports;
  readonly mappings = new Mappings();
  readonly learned = new Learned();
  readonly brought = new Brought();
  readonly #kin = new Map<DeviceKey, Kin>();
  readonly #news = new News((device) => this.roster.find(device.id) === device);

  constructor(options: RegistryOptions) {
    const { formats, states, rows, most, observer } = options;
    this.#options = options;
    this.roster = new Roster(rows.devices, most, (device) => this.#leave(device));
    this.#sources = new Sources(formats, topicsViewOf(states), (problem) => observer.problem(problem));
    this.#reports = new Reports({
      formulas: this.#formulas,
      find: (topic) => states.find(topic),
      keep: (row) => rows.deviceProperties.put(row),
      changed: (device) => this.#news.spoke(device, true),
    });
    this.trails = new Trails({ index: this.#index, formulas: this.#formulas, roster: this.roster });
  }

  /** Puts back what the last process left; topics must be loaded. */
  load({ devices, properties, mappings, descriptions }: LoadedDevices): void {
    const { observer } = this.#options;
    this.roster.load(devices);
    for (const row of properties) {
      const { value, at, changedAt, topic, origin, by, cause } = row;
      const author = { origin, id: by, ...(cause !== null && { cause }) };
      const of = { value: JSON.parse(value) as unknown, at, changedAt, topic, by: author };
      const state: PropertyState = { ...of, kept: undefined };
      state.kept = state;
      this.roster.find(row.device)?.states.set(row.property, state);
    }
    for (const { id, document, version, changedAt, author } of mappings) {
      const { data: description, error } = mappingSchema.safeParse(JSON.parse(document));
      if (description !== undefined) {
        this.mappings.put({ id, version, changedAt, author, description });
        this.#describeMapping(id, changedAt);
      } else observer.problem({ topic: id, path: '', code: 'mapping-invalid', message: error.message });
    }
    const latest = this.#meetAll(descriptions);
    for (const device of this.roster.list()) {
      if (device.description === undefined) this.#reports.rest(device);
      this.#reports.recallCommands(device, latest - answerMs);
    }
    this.#news.forget();
  }

  /** A message was kept. */
  // hot: test/bench/engine.ts
  hear(update: StateUpdate, heard: Heard): HeardDevices {
    const { state, previous, isChanged } = update;
    const before = this.#index.find(state.topic);
    if (before === undefined && previous !== undefined) return unheard;
    const describes = isChanged && (previous === undefined || before?.sources.length !== 0);
    if (describes) this.#describeBy(state.topic, state.at, previous === undefined);
    const entry = describes ? this.#index.find(state.topic) : before;
    const commandedBy = entry && this.#hearAs(entry, update, heard);
    const news = this.#news.take();
    return news === noNews && commandedBy === undefined ? unheard : { ...news, commandedBy };
  }

  /** What its sources tell now; nobody changes it. */
  descriptions(): Descriptions {
    return this.#sources.descriptions();
  }

  /** What people want of the devices themselves. Checked before; what is not there any more is left alone. */
  change(change: DeviceChange, at: Timestamp, by: string): NewsOfDevices {
    if (change.change === 'map') this.#map(change, at, by);
    else if (change.change === 'learn') this.#learn(change, at);
    else if (change.change === 'bring') this.#bring(change, at);
    else {
      const device = this.roster.find(change.id);
      if (device !== undefined) this.#changeDevice(device, change, at);
    }
    return this.#news.take();
  }

  /** What is wrong with what its sources say. */
  problemsOf({ row }: Device): readonly DiscoveryProblem[] {
    const kin = this.#kin.get(keyOf(row.format, row.key));
    if (kin === undefined) return [];
    return [...kin.bySource.keys()].flatMap(
      (source) => this.#sources.get(kin.format, source).discovered.problems,
    );
  }

  device(id: string): DeviceView | undefined {
    return this.roster.find(id)?.view();
  }

  devices(label?: string): readonly DeviceView[] {
    return this.roster
      .list()
      .filter(({ isListed, labels }) => isListed && (label === undefined || labels.includes(label)))
      .map((device) => device.view());
  }

  commandsFor(id: string, wish: DeviceWish): DevicePlan | undefined {
    const device = this.roster.find(id);
    return device?.description && planFor(device, wish, this.#formulas);
  }

  /** The format that has a topic; undefined when no device speaks on it. */
  formatOf(topic: string): string | undefined {
    return this.#claims.owner(topic);
  }

  #learn({ key, document }: LearnedOf, at: Timestamp): void {
    this.learned.set(key, document);
    this.#tell(this.#sources.describe(this.#sources.get(this.learned, key), at), at);
  }

  #bring(brought: BroughtOf, at: Timestamp): void {
    this.brought.set(brought);
    this.#tell(this.#sources.describe(this.#sources.get(this.brought, brought.source), at), at);
  }

  #map({ id, document, version }: Mapped, changedAt: Timestamp, author: string): void {
    const { deviceMappings } = this.#options.rows;
    if (document === null) {
      deviceMappings.delete(id);
      this.mappings.delete(id);
    } else {
      deviceMappings.put({ id, document: JSON.stringify(document), version, changedAt, author });
      this.mappings.put({ id, version, changedAt, author, description: document });
    }
    this.#describeMapping(id, changedAt);
  }

  #describeMapping(id: string, at: Timestamp): void {
    this.#tell(this.#sources.describe(this.#sources.get(this.mappings, id), at), at);
  }

  #changeDevice(
    device: Device,
    change: Exclude<DeviceChange, Mapped | LearnedOf | BroughtOf>,
    at: Timestamp,
  ): void {
    const { row } = device;
    this.#news.look(device);
    switch (change.change) {
      case 'edit':
        this.roster.put(device, { ...row, ...change.edit, version: row.version + 1 });
        return this.#options.observer.deviceChanged(device);
      case 'forget':
        return this.#forget(device);
      case 'rename':
        this.#rename(device, change.to);
        return this.#options.observer.deviceChanged(device);
      case 'replace': {
        const other = this.roster.find(change.with);
        if (other !== undefined) this.#replace(device, other, at);
      }
    }
  }

  #forget(device: Device): void {
    this.#leave(device);
    if (device.description !== undefined) this.#index.remove(device, device.description);
    this.roster.forget(device);
  }

  /** Nobody will find it any more. */
  #leave(device: Device): void {
    this.#news.look(device);
    for (const property of device.states.keys())
      this.#options.rows.deviceProperties.delete(`${device.id}/${property}`);
    this.#options.observer.deviceForgotten(device.id);
  }

  #rename(device: Device, id: string): void {
    const { row, states } = device;
    this.#leave(device);
    this.roster.forget(device);
    this.roster.put(device, { ...row, id, version: row.version + 1 });
    for (const [property, state] of states) this.#reports.keep(device, property, state);
  }

  /** What the other one was described as, this one is from now on; its own hardware, if it is still there, is new. */
  #replace(device: Device, other: Device, at: Timestamp): void {
    const { format, key } = other.row;
    const before = keyOf(device.row.format, device.row.key);
    this.#forget(other);
    this.roster.put(device, { ...device.row, format, key, version: device.row.version + 1 });
    this.#settle(keyOf(format, key), at);
    this.#settle(before, at);
  }

  #hearAs(entry: TopicEntry, update: StateUpdate, heard: Heard): Author | undefined {
    if (entry.devices.length + entry.commands.length === 0) return undefined;
    for (const { device } of entry.availability) this.#news.lookWhetherOnline(device);
    const { state, previous, isChanged } = update;
    const { origin, by, cause, depth, wish } = heard;
    const plain = cause === undefined ? { origin, id: by } : { origin, id: by, cause };
    const author = depth === 0 ? plain : { ...plain, depth };
    const { topic, at, payload } = state;
    const previousAt = previous?.at;
    const said = this.#reports.hear(entry, { topic, at, payload, previousAt, isChanged, author, wish });
    for (const device of said.devices) {
      this.#news.spoke(device, false);
      this.#options.observer.deviceChanged(device);
      device.said.clear();
    }
    return said.commandedBy;
  }

  #describeBy(topic: string, at: Timestamp, isNew: boolean): void {
    if (isNew) return this.#meet(topic, at);
    for (const source of this.#index.find(topic)?.sources ?? [])
      this.#tell(this.#sources.describe(source, at), at);
  }

  /** Every topic that spoke, each of their sources once. Gives when the last did. */
  #meetAll(descriptions: Descriptions | undefined): Timestamp {
    const met = new Map<Source, Timestamp>();
    let latest = 0;
    for (const { topic, at } of this.#options.states.tree.match('#')) {
      const sources = this.#sources.of(topic);
      if (sources.length > 0) this.#index.setSources(topic, sources);
      for (const source of sources) met.set(source, Math.max(met.get(source) ?? 0, at));
      latest = Math.max(latest, at);
    }
    const told = new Map<DeviceKey, readonly [format: DiscoveryFormat, at: Timestamp]>();
    for (const [source, at] of met)
      for (const key of this.#takeIn(this.#sources.describe(source, at, descriptions)))
        told.set(key, [source.format, at]);
    const touched = new Map<DeviceKey, Timestamp>();
    for (const [key, [format, at]] of told)
      for (const each of [...this.#claim(key, format), key]) touched.set(each, at);
    for (const [key, at] of touched) this.#settle(key, at);
    return latest;
  }

  /** A topic that never spoke before. */
  #meet(topic: string, at: Timestamp): void {
    const sources = this.#sources.of(topic);
    if (sources.length === 0) return;
    this.#index.setSources(topic, sources);
    for (const source of sources) this.#tell(this.#sources.describe(source, at), at);
  }

  #tell(told: Told | undefined, at: Timestamp): void {
    for (const key of this.#gather(told)) this.#settle(key, at);
  }

  /** Takes in what a source tells; gives all whom that concerns. */
  #gather(told: Told | undefined): Set<DeviceKey> {
    const keys = this.#takeIn(told);
    const touched = new Set<DeviceKey>();
    if (told === undefined) return touched;
    for (const key of keys) for (const each of this.#claim(key, told.source.format)) touched.add(each);
    for (const key of keys) touched.add(key);
    return touched;
  }

  /** Gives those of whom the source tells, or told before. */
  #takeIn(told: Told | undefined): Set<DeviceKey> {
    const touched = new Set<DeviceKey>();
    if (told === undefined) return touched;
    const { source, before } = told;
    const now = new Map(source.discovered.devices.map((device) => [device.key, device]));
    for (const key of new Set([...before.map((device) => device.key), ...now.keys()]))
      touched.add(this.#tellOf(source, key, now.get(key)));
    return touched;
  }

  #tellOf({ format, name }: Source, key: string, description: DeviceDescription | undefined): DeviceKey {
    const id = keyOf(format.name, key);
    const kin = this.#kin.get(id) ?? { format, key, bySource: new Map() };
    if (description === undefined) kin.bySource.delete(name);
    else kin.bySource.set(name, description);
    if (kin.bySource.size === 0) this.#kin.delete(id);
    else this.#kin.set(id, kin);
    return id;
  }

  /** A device has the topics that it is told to have. Gives those of other formats whose topics changed hands. */
  #claim(id: DeviceKey, { name: format, rank }: DiscoveryFormat): Set<DeviceKey> {
    const kin = this.#kin.get(id);
    const whole = kin && merged(kin.bySource);
    return this.#claims.put(id, { format, rank }, whole === undefined ? new Set() : topicsOf(whole));
  }

  /** Brings a device in line with what is told of its key. */
  #settle(key: DeviceKey, at: Timestamp): void {
    const kin = this.#kin.get(key);
    const whole = kin && merged(kin.bySource);
    const left = kin && whole && restricted(whole, (topic) => this.#claims.owner(topic) === kin.format.name);
    const known = this.#find(key);
    if (known !== undefined) this.#news.look(known);
    const device = left === undefined ? known : this.roster.enter(kin?.format.name ?? '', left, at);
    if (device === undefined || (left === undefined && device.description === undefined)) return;
    if (device !== known) this.#news.look(device, true);
    if (device.description !== undefined) this.#index.remove(device, device.description);
    device.description = left;
    if (left !== undefined) this.#index.add(device, left);
    this.#reports.catchUp(device);
    this.#options.observer.deviceChanged(device);
  }

  #find(key: DeviceKey): Device | undefined {
    const [format = '', ...rest] = key.split('\n');
    return this.roster.findKey(format, rest.join('\n'));
  }
}
