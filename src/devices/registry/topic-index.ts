// What a topic means to devices: whose reports, whose availability, whose commands, and which sources are made of it. A
// topic that means nothing has no entry, so that its messages cost one look.
import type {
  AvailabilityReport,
  DeviceDescription,
  PropertyDescription,
  Report,
} from '../model/description.ts';
import type { Device } from './device.ts';
import type { Source } from './sources.ts';

export interface ReportRef {
  readonly device: Device;
  readonly property: PropertyDescription;
  readonly report: Report;
}

export interface AvailabilityRef {
  readonly device: Device;
  readonly report: AvailabilityReport;
}

export interface CommandRef {
  readonly device: Device;
  readonly property: PropertyDescription;
}

export interface TopicEntry {
  sources: readonly Source[];
  reports: ReportRef[];
  availability: AvailabilityRef[];
  commands: CommandRef[];
  /** Whose reports and availability it tells, each once. */
  devices: readonly Device[];
}

const without = <Ref extends { readonly device: Device }>(refs: Ref[], device: Device): Ref[] =>
  refs.filter((ref) => ref.device !== device);

export class TopicIndex {
  readonly #entries = new Map<string, TopicEntry>();

  // hot: test/bench/engine.ts
  find(topic: string): TopicEntry | undefined {
    return this.#entries.get(topic);
  }

  setSources(topic: string, sources: readonly Source[]): TopicEntry {
    const entry = this.#entry(topic);
    entry.sources = sources;
    return entry;
  }

  add(device: Device, { properties, availability }: DeviceDescription): void {
    for (const report of availability?.reports ?? [])
      this.#told(report.topic, device).availability.push({ device, report });
    for (const property of properties) {
      for (const report of property.reports ?? [])
        this.#told(report.topic, device).reports.push({ device, property, report });
      if (property.command !== undefined)
        this.#entry(property.command.topic).commands.push({ device, property });
    }
  }

  remove(device: Device, { properties, availability }: DeviceDescription): void {
    const topics = new Set(availability?.reports.map(({ topic }) => topic));
    for (const { reports = [], command } of properties) {
      for (const { topic } of reports) topics.add(topic);
      if (command !== undefined) topics.add(command.topic);
    }
    for (const topic of topics) this.#removeFrom(topic, device);
  }

  #removeFrom(topic: string, device: Device): void {
    const entry = this.#entries.get(topic);
    if (entry === undefined) return;
    entry.reports = without(entry.reports, device);
    entry.availability = without(entry.availability, device);
    entry.commands = without(entry.commands, device);
    entry.devices = entry.devices.filter((each) => each !== device);
    if (entry.sources.length + entry.devices.length + entry.commands.length === 0)
      this.#entries.delete(topic);
  }

  #entry(topic: string): TopicEntry {
    const known = this.#entries.get(topic);
    if (known !== undefined) return known;
    const entry = { sources: [], reports: [], availability: [], commands: [], devices: [] };
    this.#entries.set(topic, entry);
    return entry;
  }

  /** Of a topic that tells of the device. */
  #told(topic: string, device: Device): TopicEntry {
    const entry = this.#entry(topic);
    if (!entry.devices.includes(device)) entry.devices = [...entry.devices, device];
    return entry;
  }
}
