// Use cases about shadow rules.
import type { Actor } from '../access/actor.ts';
import type { PromoteRequest, RuleView, ShadowView } from '../contract.ts';
import type { ListOptions } from './lists.ts';

export interface ShadowsApi {
  /** What the rule would have done, compared with what happened. Throws `rule-missing`. */
  list(id: string, options: ListOptions): ShadowView;
  /** Saves the rule without `shadow: true`. Throws what `save` throws, and `no-shadow`. */
  promote(actor: Actor, id: string, request: PromoteRequest, ifVersion?: number): Promise<RuleView>;
}
