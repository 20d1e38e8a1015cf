// What the bridge asks of a connection to the cloud, whatever it speaks. It says at most once that it is down, and nothing
// afterwards.
import type { Clock } from '../../../src/base/index.ts';
import type { CloudMessage } from './incoming.ts';

export interface Connection {
  /** Whether the cloud grants it. Rejects when the connection ends before. */
  subscribe(topic: string): Promise<boolean>;
  /** False when the cloud knows no such thing: only a new connection is without the topic then. */
  unsubscribe(topic: string): boolean;
  /** What is lost with the connection is told again with the next one. */
  publish(address: string, text: string): void;
  /** The cloud answers, if it is there. */
  ping(): void;
  /** `politely` lets the cloud know, which a dead connection cannot. Never rejects. */
  end(how: 'politely' | 'now'): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly uid: string;
  /** For the second way to log in; the client id is any then. */
  readonly app: { readonly id: string; readonly secret: string } | undefined;
  /** Where a ping goes that must come back. */
  readonly pingTopic: string;
  readonly clock: Clock;
  readonly onUp: () => void;
  /** Anything at all came. */
  readonly onHeard: () => void;
  readonly onMessage: (message: CloudMessage) => void;
  readonly onDown: (words: string) => void;
}

export type Connect = (options: ConnectionOptions) => Connection;
