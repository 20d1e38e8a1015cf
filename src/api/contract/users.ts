// The shapes about users, what they may do on MQTT, and what was done.
import type { Timestamp } from '../../base/index.ts';

/**
 * What people may do with the house: administrators everything, editors all but access, viewers look on; devices do not
 * log in. On MQTT administrators may use every topic, all others their own, `NAME/#`, and what rules grant.
 */
export type UserRole = 'admin' | 'editor' | 'viewer' | 'device';

/** `GET /users` items. Nobody is ever told a password or its hash. */
export interface UserView {
  readonly name: string;
  readonly role: UserRole;
  readonly enabled: boolean;
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
}

/** `POST /users` */
export interface UserRequest {
  readonly name: string;
  /** `device` when absent. */
  readonly role?: UserRole;
  /** The house makes one when absent. */
  readonly password?: string;
}

/** Its answer. */
export interface AddedUserView extends UserView {
  /** The one that the house made; told this once. */
  readonly password?: string;
}

/** `POST /users/{name}/password` */
export interface PasswordRequest {
  readonly password: string;
}

/** `deny` takes both away, and goes before every other rule of the house. */
export type AccessWord = 'read' | 'write' | 'readwrite' | 'deny';

/** `POST /acl` */
export interface AclRequest {
  /** A user, or `*` for everybody who has a name; then %u and %c are the user and the client id, each a whole level. */
  readonly user: string;
  readonly access: AccessWord;
  readonly filter: string;
}

/** `GET /acl` items. */
export interface AclRuleView extends AclRequest {
  readonly id: string;
  readonly at: Timestamp;
}

/** `POST /acl/check` */
export interface AclCheckRequest {
  /** Absent: an anonymous client. */
  readonly user?: string;
  /** `check` when absent; matters for rules with %c. */
  readonly client?: string;
  readonly access: 'read' | 'write';
  readonly topic: string;
}

export interface AclCheckView {
  readonly allowed: boolean;
  /** The rule that decides, or why none does. */
  readonly because: string;
  /** The same as a word, for who says it in another language: `admin`, `own`, `none`, `rule`, … */
  readonly why: string;
  /** Of a rule or a line of the ACL file: what it says. */
  readonly line?: string;
}

/** `POST /acl/who` */
export type AclWhoRequest = Pick<AclCheckRequest, 'access' | 'topic'>;

/** Its answer: everybody who might connect, those who may first, then by name. */
export interface AclWhoView extends AclCheckView {
  /** Absent: an anonymous client. */
  readonly user?: string;
  /** Absent for anonymous clients and users of a password file. */
  readonly role?: UserRole;
}

/** `GET /audit` items: who did what. */
export interface AuditView {
  readonly id: string;
  readonly at: Timestamp;
  /** A user, a token, `socket` or `owner`; of what the broker denied, the client. */
  readonly who: string;
  /** The use case, such as `rules.save`, or what a client was denied, such as `client.publish`. */
  readonly action: string;
  readonly target: string;
  /** Empty on a unix socket. */
  readonly address: string;
  readonly outcome: 'done' | 'failed' | 'refused';
  readonly detail: string;
  /** How often within the minute; more than 1 only for what is counted. */
  readonly count: number;
}
