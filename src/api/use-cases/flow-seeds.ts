// Use cases about the flows that come with Homerule.
import type { Actor } from '../access/actor.ts';
import type { FlowSeedAddedView, FlowSeedRequest, FlowSeedView } from '../contract/flow-seeds.ts';

export interface FlowSeedsApi {
  list(): Promise<readonly FlowSeedView[]>;
  /**
   * Deploys it among the flows that are there; starts Node-RED. Throws `flow-seed-missing`, `flow-seed-setting`, `flows-off`,
   * `flows-changed`.
   */
  add(actor: Actor, name: string, request: FlowSeedRequest): Promise<FlowSeedAddedView>;
}
