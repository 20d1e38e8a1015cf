// The shapes about who may come in: sessions of browsers, tokens of programs, the first administrator.
import type { Timestamp } from '../../base/index.ts';
import type { Permission } from '../access/permissions.ts';

export type { Permission };

/** `GET /session`: told to anybody. */
export interface SessionView {
  /** Absent for nobody. */
  readonly user?: {
    readonly name: string;
    /** `owner`: this machine itself, as long as there is no administrator, and the unix socket. */
    readonly role: 'owner' | 'admin' | 'editor' | 'viewer' | 'token';
    readonly may: readonly Permission[];
  };
  /** There is no administrator yet: `POST /setup` makes the first. */
  readonly needsSetup: boolean;
}

/** `POST /login` */
export interface LoginRequest {
  readonly username: string;
  readonly password: string;
}

/** `POST /setup` */
export interface SetupRequest extends LoginRequest {
  /** The one-time code that `homerule start` prints. */
  readonly code: string;
  /** The name of a first device, which gets a password. */
  readonly device?: string;
}

/** Its answer. */
export interface SetupView extends SessionView {
  /** Told this once. */
  readonly device?: { readonly name: string; readonly password: string };
}

/** `GET /sessions` items: a browser that somebody is logged in with. */
export interface BrowserSessionView {
  readonly id: string;
  readonly user: string;
  /** From where they logged in. */
  readonly address: string;
  /** Its `User-Agent`; absent when it sent none. */
  readonly browser?: string;
  readonly createdAt: Timestamp;
  /** To five minutes. It ends 30 days later. */
  readonly seenAt: Timestamp;
  /** The one that asks. */
  readonly isCurrent: boolean;
}

/** `POST /sessions/end-others` */
export interface EndedSessionsView {
  readonly ended: number;
}

/** `POST /tokens` */
export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** Days; without it the token is good until it is deleted. */
  readonly days?: number;
}

/** `GET /tokens` items. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** Who made it. */
  readonly by: string;
  readonly createdAt: Timestamp;
  readonly expiresAt?: Timestamp;
  /** To the hour. */
  readonly usedAt?: Timestamp;
}

/** The answer of `POST /tokens`. */
export interface AddedTokenView extends TokenView {
  /** Told this once: send it as `Authorization: Bearer …`. */
  readonly token: string;
}
