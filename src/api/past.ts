// Use cases about the house as it was: the state of topics at any instant, from a snapshot and the journal behind it.
import { filterFault, matchesFilter, type Timestamp } from '../base/index.ts';
import { Payload, type TopicState, TopicStates } from '../devices/index.ts';
import type { Input } from '../rules/index.ts';
import type { PastApi, StatesQuery } from './api.ts';
import type { IncompleteView, StateAtView, StatesView } from './contract.ts';
import { fail } from './errors.ts';
import { type LocalClock, pastInstant } from './instant.ts';
import type { MissingPast, PastBeginning, PastPort } from './past-port.ts';
import { topicViewOf } from './views.ts';

/** Messages of a time behind an input, page by page. */
interface JournalReader {
  read(query: {
    readonly from: Timestamp;
    readonly to: Timestamp;
    readonly filter: string;
    readonly limit: number;
    readonly newest: boolean;
    readonly after: number;
    readonly patienceMs: number;
  }): Promise<{ readonly inputs: readonly Input[]; readonly next: number | undefined }>;
}

export interface PastHouse extends LocalClock {
  readonly past: Omit<PastPort, 'inputs'>;
  readonly journal: JournalReader;
}

const page = { limit: 2000, newest: false, patienceMs: 2000 } as const;
const usualLimit = 1000;
const limits = { topics: 1_000_000, payloadBytes: 65_536, topicsPerClient: 1_000_000 };
const unkept = { put: () => undefined, delete: () => undefined };

export class Past implements PastApi {
  readonly #house: PastHouse;

  constructor(house: PastHouse) {
    this.#house = house;
  }

  async states({ at: written, filter = '#', limit = usualLimit }: StatesQuery): Promise<StatesView> {
    const fault = filterFault(filter);
    if (fault !== undefined) throw fail('bad-filter', `"${filter}" is no topic filter: ${fault}`);
    const { past, clock } = this.#house;
    const now = clock.now();
    const at = pastInstant(written, this.#house);
    if (at > now) throw fail('bad-range', `${written} is still to come`);
    const start = await past.start(at);
    const states = await this.#statesAt(start, { at, filter });
    const found = states.tree.match(filter);
    const missing = await past.missing(start, { from: at, to: at });
    return {
      at,
      items: found.slice(0, limit).map(stateView),
      hasMore: found.length > limit,
      incomplete: missing.map(incompleteView),
    };
  }

  async #statesAt(
    start: PastBeginning,
    { at, filter }: { readonly at: Timestamp; readonly filter: string },
  ): Promise<TopicStates> {
    const { past, journal } = this.#house;
    const states = new TopicStates(unkept, limits);
    const { state } = await past.rows(start);
    states.load(state.filter(({ topic }) => matchesFilter(filter, topic)));
    let after: number | undefined = start.seq;
    while (after !== undefined) {
      const { inputs, next }: Awaited<ReturnType<JournalReader['read']>> = await journal.read({
        ...{ ...page, from: start.at, to: at, filter, after },
      });
      for (const input of inputs)
        if (input.kind === 'message') states.update(input, new Payload(input.payload));
      after = next;
    }
    return states;
  }
}

function stateView(state: TopicState): StateAtView {
  const { messages: _messages, retained: _retained, ...view } = topicViewOf(state, false);
  return view;
}

function incompleteView({ reason, from, to, filter, lost }: MissingPast): IncompleteView {
  return {
    ...{ reason, from, to },
    ...(filter !== undefined && { filter }),
    ...(lost !== undefined && { count: lost }),
  };
}
