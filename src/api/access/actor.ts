// Who asks, with what it may do.
import { type Permission, permissions } from './permissions.ts';

export interface Actor {
  /** Of the user or the token; `socket` or `owner` for whoever sits at this machine; an MQTT client's id; empty for nobody. */
  readonly name: string;
  readonly role: 'owner' | 'admin' | 'editor' | 'viewer' | 'token' | 'client' | 'nobody' | 'stranger';
  readonly may: readonly Permission[];
  /** Where it asks from; empty on the unix socket. */
  readonly address: string;
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
