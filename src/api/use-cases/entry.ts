// The way in: who asks, and how they log in.
import type { Actor } from '../access/actor.ts';
import type { LoginRequest, SessionView, SetupRequest, SetupView } from '../contract/access.ts';

/** What somebody who comes in has with them. */
export interface Credentials {
  readonly isSocket: boolean;
  /** Whether it is this machine itself; never through a proxy. */
  readonly isLocal: boolean;
  readonly address: string;
  /** What the browser says it is. */
  readonly browser?: string;
  /** Of the cookie. */
  readonly secret?: string;
  readonly bearer?: string;
}

export interface Entered<View> {
  /** For the cookie. */
  readonly secret: string;
  readonly view: View;
}

/** The way in, open to everybody. */
export interface EntryApi {
  /** Throws `token-refused`. */
  identify(credentials: Credentials): Actor;
  /** Whether they may still look on. */
  isCurrent(credentials: Credentials): boolean;
  /** Throws `token-refused`. */
  session(credentials: Credentials): SessionView;
  /** The first administrator. Throws `setup-done`, `setup-code-wrong`, `user-invalid`. */
  setup(credentials: Credentials, request: SetupRequest): Promise<Entered<SetupView>>;
  /** Throws `login-refused`, `login-paused`, `login-busy`. */
  login(credentials: Credentials, request: LoginRequest): Promise<Entered<SessionView>>;
  logout(credentials: Credentials): Promise<void>;
}
