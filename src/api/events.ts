// Use cases about events: people, programs and flows emit them for `event` triggers.
import type { Clock, Commits } from '../base/index.ts';
import { maxNesting, nestsDeeperThan } from '../devices/index.ts';
import type { LiveEngine } from '../rules/index.ts';
import { sourceOf } from './access/source.ts';
import type { Actor, EventsApi } from './api.ts';
import type { EventRequest } from './contract.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';

export interface EventsHouse {
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly commits: Commits;
}

export class Events implements EventsApi {
  readonly #house: EventsHouse;

  constructor(house: EventsHouse) {
    this.#house = house;
  }

  async emit(actor: Actor, name: string, { data }: EventRequest): Promise<void> {
    const { live, clock, commits } = this.#house;
    if (nestsDeeperThan(data, maxNesting))
      throw fail('bad-payload', `the data nest deeper than ${maxNesting} levels`);
    const event = { kind: 'signal', signal: 'event', name, data, at: clock.now() } as const;
    live.decide({ ...event, ...sourceOf(actor) });
    await whenKept(commits);
  }
}
