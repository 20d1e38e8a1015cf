// The shapes about Node-RED: its process, and what was deployed in it.
import type { Timestamp } from '../../base/index.ts';

/** `GET /flows` */
export interface FlowsView {
  /**
   * `off`: by configuration. `stopped`: there are no flows, or a person stopped it. `safe`: it runs without flows, because
   * they ended it too often, until the next deploy. `crashed`: even so it ended, and nobody starts it but a person.
   */
  readonly state: 'off' | 'stopped' | 'starting' | 'running' | 'safe' | 'crashed';
  readonly since: Timestamp;
  /** Of Node-RED. */
  readonly version: string;
  readonly pid?: number;
  /** Bytes of memory. */
  readonly rss?: number;
  /** How often its process ended by itself since the house started. */
  readonly restarts: number;
  /** Why its process ended by itself the last time. */
  readonly lastError?: { readonly at: Timestamp; readonly message: string };
}

/** `POST /flows/start` and `POST /flows/restart` */
export interface FlowsStartRequest {
  /** Without running the flows, so that they can be mended. */
  readonly safe?: boolean;
}

/** `GET /flows/versions` items, newest first; `flows` only when one is asked for. */
export interface FlowVersionView {
  readonly version: number;
  readonly at: Timestamp;
  /** Who deployed; empty when nobody knows. */
  readonly by: string;
  /** `full`, `flows`, `nodes`, as the editor has it; `found`: changed while Node-RED was away. */
  readonly type: string;
  /** What changed since the version before; absent for the oldest that is kept. */
  readonly diff?: readonly FlowNodeChange[];
  readonly flows?: readonly { readonly id: string; readonly type: string }[];
}

export interface FlowNodeChange {
  readonly id: string;
  readonly type: string;
  /** The name or label, when there is one. */
  readonly name?: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Unified diff of the node as JSON, without a head. */
  readonly text: string;
}

/** `POST /flows/versions/{n}/restore` */
export interface FlowsRestoreRequest {
  /** Of the flows that are to be replaced, as Node-RED gave it; without it, whatever is there. */
  readonly rev?: string;
}
