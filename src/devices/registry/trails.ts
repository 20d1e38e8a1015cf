// Looking back: which messages tell a property, and which of them did what a command asked for. Judges messages of any
// age by the descriptions of today, and changes nothing.
import type { PropertyDescription, Reading } from '../model/description.ts';
import { Payload } from '../payload.ts';
import type { Formulas } from './formulas.ts';
import { wantedBy } from './overheard.ts';
import type { Roster } from './roster.ts';
import type { TopicIndex } from './topic-index.ts';
import { agrees, judgeReport } from './values.ts';

/** A message as it stands in a record. */
export interface PastMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** Where a property is told. */
export interface PropertyTrail {
  /** Of one that is never reported those that command it. */
  readonly topics: readonly string[];
  /** Undefined: the message says nothing of it. */
  read(message: PastMessage): unknown;
}

export interface TrailsHouse {
  readonly index: TopicIndex;
  readonly formulas: Formulas;
  readonly roster: Roster;
}

export class Trails {
  readonly #house: TrailsHouse;

  constructor(house: TrailsHouse) {
    this.#house = house;
  }

  /** By id or short name; undefined when there is no such device or property, or no message tells of it. */
  ofProperty(device: string, name: string): PropertyTrail | undefined {
    const { roster } = this.#house;
    const property = roster.find(device)?.property(name);
    if (property === undefined) return undefined;
    const { reports = [], command } = property;
    if (reports.length === 0)
      return command && { topics: [command.topic], read: ({ payload }) => new Payload(payload).value };
    return {
      topics: [...new Set(reports.map(({ topic }) => topic))],
      read: (message) => {
        const refs = reports.filter(({ topic }) => topic === message.topic);
        return refs
          .map(({ read }) => this.#said(property, read, message))
          .find((value) => value !== undefined);
      },
    };
  }

  /** Where those are commanded who report on a topic. */
  commandTopics(topic: string): readonly string[] {
    const refs = this.#house.index.find(topic)?.reports ?? [];
    return [...new Set(refs.flatMap(({ property }) => property.command?.topic ?? []))];
  }

  /** Whether a report says what a command asked for. */
  isAnswer(report: PastMessage, command: PastMessage): boolean {
    const { index, formulas } = this.#house;
    const asked = { topic: command.topic, payload: new Payload(command.payload) };
    return (index.find(report.topic)?.reports ?? []).some(({ device, property, report: { read } }) => {
      if (property.command?.topic !== command.topic) return false;
      const said = this.#said(property, read, report);
      if (said === undefined) return false;
      const wanted = wantedBy({ device, property }, asked, formulas);
      return wanted !== undefined && agrees(property, wanted, said);
    });
  }

  #said(property: PropertyDescription, read: Reading | undefined, message: PastMessage): unknown {
    const { value: payload, raw } = new Payload(message.payload);
    const result = this.#house.formulas.read(read, { topic: message.topic, payload, raw });
    const judged =
      'value' in result && result.value !== undefined ? judgeReport(property, result.value) : result;
    return 'value' in judged ? judged.value : undefined;
  }
}
