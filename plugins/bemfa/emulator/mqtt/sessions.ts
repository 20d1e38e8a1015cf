// The MQTT clients that are logged in: what happens to one because of another.
import type { Duplex } from 'node:stream';
import type { Cloud } from '../cloud.ts';
import { MqttSession } from './session.ts';

export interface SessionNotice {
  readonly clientId: string;
  readonly isThere: boolean;
  readonly reason: string | undefined;
}

export class MqttSessions {
  readonly #cloud: Cloud;
  readonly #onSession: (notice: SessionNotice) => void;
  readonly #sessions = new Set<MqttSession>();

  constructor(cloud: Cloud, onSession: (notice: SessionNotice) => void) {
    this.#cloud = cloud;
    this.#onSession = onSession;
  }

  accept(stream: Duplex): void {
    const session = new MqttSession({
      stream,
      cloud: this.#cloud,
      onLogin: (next) => this.#loggedIn(next),
      onClose: (gone, reason) => this.#gone(gone, reason),
    });
    this.#sessions.add(session);
  }

  #loggedIn(next: MqttSession): void {
    if (this.#cloud.conduct.takesOver) {
      for (const other of this.#sessions) {
        if (other !== next && other.account === next.account && other.clientId === next.clientId) {
          other.cut('taken over');
        }
      }
    }
    this.#onSession({ clientId: next.clientId, isThere: true, reason: undefined });
  }

  /** A ban ends all connections of the account. */
  #gone(gone: MqttSession, reason: string | undefined): void {
    this.#sessions.delete(gone);
    this.#onSession({ clientId: gone.clientId, isThere: false, reason });
    if (gone.account?.isBanned !== true) return;
    for (const other of this.#sessions) if (other.account === gone.account) other.cut('banned');
  }
}
