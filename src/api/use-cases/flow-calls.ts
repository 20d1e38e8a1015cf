// Use cases between rules and flows, both ways.
import type { Actor } from '../access/actor.ts';
import type { EventRequest, FlowAnswer } from '../contract/flow-calls.ts';

/** Calls of rules are heard of on the live channel `flows`. Open to the flows of the house and to administrators. */
export interface FlowCallsApi {
  /** The first answer counts. Throws `flow-call-missing` when nobody waits for one any more. */
  answer(actor: Actor, call: string, answer: FlowAnswer): Promise<void>;
}

export interface EventsApi {
  /** Wakes `event` triggers. Resolves when what it led to is kept. Throws `bad-payload`. */
  emit(actor: Actor, name: string, request: EventRequest): Promise<void>;
}
