// Use cases that a replay answers: what a draft would do, and what became of a rule. They change nothing.
import type { Actor } from '../access/actor.ts';
import type { DryRunRequest, DryRunView } from '../contract/dry-runs.ts';
import type { ExplainRequest, ExplanationView } from '../contract/explanations.ts';
import { fail } from '../errors.ts';
import type { InquiriesApi } from '../use-cases/past.ts';
import { DryRuns } from './dry-runs.ts';
import { type ExplanationHouse, Explanations } from './explanations.ts';

/** Worlds at once; each may hold a copy of the house. */
const mostAtOnce = 2;

export class Inquiries implements InquiriesApi {
  readonly #dryRuns: DryRuns;
  readonly #explanations: Explanations;
  #running = 0;

  constructor(house: ExplanationHouse) {
    this.#dryRuns = new DryRuns(house);
    this.#explanations = new Explanations(house);
  }

  dryRun(actor: Pick<Actor, 'name'>, rule: string, request: DryRunRequest): Promise<DryRunView> {
    return this.#bounded(() => this.#dryRuns.run(actor, rule, request));
  }

  explain(rule: string, request: ExplainRequest): Promise<ExplanationView> {
    return this.#bounded(() => this.#explanations.explain(rule, request));
  }

  async #bounded<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    if (this.#running >= mostAtOnce)
      throw fail('too-many-inquiries', `${mostAtOnce} inquiries are under way; ask again in a moment`);
    this.#running++;
    try {
      return await answer();
    } finally {
      this.#running--;
    }
  }
}
