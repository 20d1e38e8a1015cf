// A bridge as people see it. Never holds a password.
import type { ErrorParams, Timestamp } from '../base/index.ts';
import type { BridgeFigures } from './figures.ts';
import type { BridgeSettings } from './settings.ts';

/** `off`: switched off, stopped or done. `waiting`: until the next attempt. `idle`: until there is enough to send. */
export type BridgeState = 'off' | 'connecting' | 'connected' | 'waiting' | 'idle';

/** What went wrong last. */
export interface BridgeFault {
  /** `bridge-down`: no connection; `bridge-untaken`: somebody did not take a message. */
  readonly code: 'bridge-down' | 'bridge-untaken';
  readonly message: string;
  /** What the message is made of, for who says it in another language. */
  readonly params: ErrorParams;
}

export interface BridgeView {
  readonly name: string;
  /** `file`: stands in the configuration and can only be changed there. */
  readonly source: 'file' | 'api';
  readonly settings: Omit<BridgeSettings, 'password'>;
  readonly hasPassword: boolean;
  readonly clientId: string;
  readonly state: BridgeState;
  /** When it came to this state. */
  readonly since: Timestamp;
  /** The address in use, or tried last. */
  readonly address: string;
  readonly protocol?: 'mqttv50' | 'mqttv311';
  /** Of a state `waiting`. */
  readonly retryAt?: Timestamp;
  readonly lastError?: BridgeFault & { readonly at: Timestamp };
  readonly counters: BridgeFigures;
}
