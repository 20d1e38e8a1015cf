// Who asks, with what it may do.
import { type Permission, permissions } from './permissions.ts';

export interface Actor {
  /** Of the user or the token; `socket` or `owner` for whoever sits at this machine; an MQTT client's id; empty for nobody. */
  readonly name: string;
  readonly role: 'owner' | 'admin' | 'editor' | 'viewer' | 'token' | 'client' | 'nobody' | 'stranger';
  readonly may: readonly Permission[];
  /** Where it asks from; empty on the unix socket. */
  readonly address: string;
  /** Of the browser that it uses. */
  readonly session?: string;
  /** What its messages and events say where they come from; `api` when absent. */
  readonly origin?: 'flow' | 'bridge';
  /** Of a flow. */
  readonly why?: FlowCause;
}

/** What a flow says of why it asks. */
export interface FlowCause {
  /** The id of the node that asks. */
  readonly node?: string;
  /** The run that led to it. */
  readonly cause?: string;
  /** As the house said it of what woke the flow; 0 when absent. */
  readonly depth?: number;
}

/** Node-RED, with the token that the house hands it at each start. */
export function flowsActor(address: string): Actor {
  return { name: 'flows', role: 'token', may: ['read', 'operate'], address, origin: 'flow' };
}

/** Whoever may open the unix socket, and this machine itself until an administrator exists. */
export function owner(name: string, address = ''): Actor {
  return { name, role: 'owner', may: permissions, address };
}

/** Has to log in first. */
export function nobody(address: string): Actor {
  return { name: '', role: 'nobody', may: [], address };
}

/** Comes from another machine while there is no administrator. */
export function stranger(address: string): Actor {
  return { name: '', role: 'stranger', may: [], address };
}
