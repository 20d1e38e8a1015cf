// What adapters may ask about Node-RED.
import type { Actor } from '../access/actor.ts';
import type {
  FlowsRestoreRequest,
  FlowsStartRequest,
  FlowsView,
  FlowVersionView,
} from '../contract/flows.ts';

export interface FlowsApi {
  state(): FlowsView;
  /** Resolves when it runs. Throws `flows-off`, `flows-unavailable`. */
  start(actor: Actor, request: FlowsStartRequest): Promise<FlowsView>;
  /** Until somebody starts it, or the house starts anew. */
  stop(actor: Actor): Promise<FlowsView>;
  /** Throws `flows-off`, `flows-unavailable`. */
  restart(actor: Actor, request: FlowsStartRequest): Promise<FlowsView>;
  /** Newest first, each with what it changed. */
  versions(): Promise<readonly FlowVersionView[]>;
  /** Throws `flow-version-missing`. */
  version(version: number): Promise<FlowVersionView>;
  /** Deploys an earlier version as a new one. Throws `flow-version-missing`, `flows-changed`, `flows-refused`. */
  restore(actor: Actor, version: string, request: FlowsRestoreRequest): Promise<FlowsView>;
}
