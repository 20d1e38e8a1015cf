// Use case: who made a value what it is, or was. Looks on only.
import type { Clock, Timestamp } from '../../base/index.ts';
import {
  Payload,
  parseValuePath,
  type Registry,
  type TopicState,
  type TopicStates,
  valueAt,
} from '../../devices/index.ts';
import { type LiveEngine, type MessageInput, shown, traceOf } from '../../rules/index.ts';
import type { CausesView } from '../contract/causes.ts';
import { missingDevice } from '../devices.ts';
import { fail } from '../errors.ts';
import { gapView } from '../history.ts';
import { pastInstant } from '../instant.ts';
import type { JournalPort } from '../ports.ts';
import type { TraceStore } from '../trace-port.ts';
import type { CausesApi, CausesQuery } from '../use-cases/past.ts';
import { type ChainHouse, chainOf } from './chain.ts';
import { outsideOf } from './links.ts';
import { type SearchedValue, searchValue } from './value-search.ts';

export interface CausesHouse {
  readonly live: LiveEngine;
  readonly states: TopicStates;
  readonly devices: Registry;
  readonly journal: JournalPort;
  readonly traces: TraceStore;
  readonly clock: Clock;
  readonly home: { readonly zone: string };
}

export class Causes implements CausesApi {
  readonly #house: CausesHouse;

  constructor(house: CausesHouse) {
    this.#house = house;
  }

  async of(query: CausesQuery): Promise<CausesView> {
    const { clock, home, journal } = this.#house;
    const wanted = this.#wanted(query);
    const at = pastInstant(query.at ?? 'now', { clock, home });
    if (at > clock.now()) throw fail('bad-range', `${query.at} is still to come`);
    const { found, gaps } = await searchValue({ journal, clock }, wanted, at);
    if (found === undefined) return this.#fromState(query, wanted, at);
    const { message, value, isFirst } = found;
    const { links, end } = await chainOf(this.#chainHouse, message);
    return {
      ...{ at, value: shown(value) },
      ...(isFirst && { since: message.at }),
      ...{ links, end, gaps: gaps.map(gapView) },
    };
  }

  get #chainHouse(): ChainHouse {
    const { live, states, devices, journal, traces, clock } = this.#house;
    return {
      journal,
      clock,
      trails: devices.trails,
      stateOf: (topic) => states.find(topic),
      findRun: async (id) => {
        const run = live.engine.runs.find(id);
        return run === undefined ? traces.find(id) : traceOf(run);
      },
    };
  }

  #wanted({ topic, path = '', device, property = '' }: CausesQuery): SearchedValue {
    if (topic !== undefined) return wantedOf(topic, path);
    const { devices } = this.#house;
    const known = devices.roster.find(device ?? '');
    if (known === undefined) throw missingDevice(device ?? '', devices);
    const trail = devices.trails.ofProperty(known.id, property);
    if (trail === undefined)
      throw fail('unknown-property', `no message tells of "${property}" of "${known.id}"`);
    return trail;
  }

  /** The journal forgets; the state of a topic is kept. */
  #fromState(query: CausesQuery, { topics, path }: SearchedValue, at: Timestamp): CausesView {
    const states = topics.flatMap((topic) => this.#house.states.find(topic) ?? []);
    const state = states.sort((a, b) => b.at - a.at)[0];
    const value = state && (path === undefined ? state.payload.value : valueAt(state.payload.value, path));
    if (state === undefined || state.at > at || (path !== undefined && value === undefined)) {
      const what = path === undefined ? topics.join(', ') : `${query.path} of ${topics.join(', ')}`;
      throw fail('topic-missing', `nothing is recorded of ${what} before ${query.at ?? 'now'}`);
    }
    return { at, ...viewOf(state, value), gaps: [] };
  }
}

function viewOf(
  { at, topic, payload, origin, by }: TopicState,
  value: unknown,
): Pick<CausesView, 'links' | 'end' | 'value'> {
  const link = { kind: 'message' as const, at, topic, value: shown(payload.value), origin, by };
  return { value: shown(value), links: [link], end: outsideOf(origin, by) };
}

/** Without a place in it all of the payload counts. */
function wantedOf(topic: string, path: string): SearchedValue {
  const steps = parseValuePath(path);
  const read = ({ payload }: MessageInput): unknown => {
    const { value } = new Payload(payload);
    return steps.length === 0 ? (value ?? '') : valueAt(value, steps);
  };
  return { topics: [topic], ...(steps.length > 0 && { path: steps }), read };
}
