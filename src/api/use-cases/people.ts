// Use cases about who may do what, and what was done.
import type { Timestamp } from '../../base/index.ts';
import type { Actor } from '../access/actor.ts';
import type {
  AddedTokenView,
  BrowserSessionView,
  EndedSessionsView,
  TokenRequest,
  TokenView,
} from '../contract/access.ts';
import type { SecretView } from '../contract/expressions.ts';
import type {
  AclCheckRequest,
  AclCheckView,
  AclRequest,
  AclRuleView,
  AclWhoRequest,
  AclWhoView,
  AddedUserView,
  AuditView,
  Page,
  UserRequest,
  UserView,
} from '../contract.ts';
import type { ListOptions } from './lists.ts';

/** Who may connect with a password. Every change resolves after its commit and holds for open connections at once. */
export interface UsersApi {
  list(): readonly UserView[];
  /** Throws `user-missing`. */
  get(name: string): UserView;
  /** Throws `user-exists`, `user-invalid`. */
  add(actor: Actor, request: UserRequest): Promise<AddedUserView>;
  setPassword(actor: Actor, name: string, password: string): Promise<UserView>;
  setEnabled(actor: Actor, name: string, isEnabled: boolean): Promise<UserView>;
  /** The rules about this user go too. */
  delete(actor: Actor, name: string): Promise<void>;
}

/** What users may read and write. */
export interface AclApi {
  /** All rules, or those about one user. */
  list(user?: string): readonly AclRuleView[];
  /** Throws `user-missing`, `access-rule-invalid`. */
  add(actor: Actor, request: AclRequest): Promise<AclRuleView>;
  /** Throws `access-rule-missing`. */
  delete(actor: Actor, id: string): Promise<void>;
  check(request: AclCheckRequest): AclCheckView;
  /** The same for everybody whom the house knows, and for anonymous clients. */
  who(request: AclWhoRequest): readonly AclWhoView[];
  /** Reads the password file and the ACL file again; a bad one changes nothing and is thrown as `access-file-invalid`. */
  reload(actor: Actor): Promise<void>;
}

export interface AuditQuery extends ListOptions {
  readonly who?: string;
  /** `rules.save`, or `rules` for all of them. */
  readonly action?: string;
  readonly target?: string;
  readonly outcome?: AuditView['outcome'];
  readonly from?: Timestamp;
  readonly to?: Timestamp;
}

export interface AuditApi {
  /** Newest first. */
  list(query: AuditQuery): Page<AuditView>;
}

/** Every change resolves after its commit. */
export interface SecretsApi {
  /** By name. */
  list(): readonly SecretView[];
  /** Throws `secret-invalid`. */
  put(actor: Actor, name: string, value: string): Promise<SecretView>;
  /** Throws `secret-missing`. */
  delete(actor: Actor, name: string): Promise<void>;
}

/** Browsers that people are logged in with. Every change resolves after its commit. */
export interface SessionsApi {
  /** Last seen first. */
  list(actor: Actor): readonly BrowserSessionView[];
  /** Throws `session-missing`. */
  endOne(actor: Actor, id: string): Promise<BrowserSessionView>;
  /** All but the one that asks. */
  endOthers(actor: Actor): Promise<EndedSessionsView>;
}

export interface TokensApi {
  /** Oldest first. */
  list(): readonly TokenView[];
  /** Throws `not-allowed` for what the actor itself may not do, `too-many-tokens`. */
  add(actor: Actor, request: TokenRequest): Promise<AddedTokenView>;
  /** Throws `token-missing`. */
  delete(actor: Actor, id: string): Promise<void>;
}
