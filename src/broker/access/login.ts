// The hook that aedes asks at a CONNECT. The answer may come turns later, when nothing guards it any more but this.
import type { AuthenticateHandler, Client } from 'aedes';
import type { Connection } from '../connection.ts';
import { dropWill } from '../seams.ts';
import type { Access } from './access.ts';
import type { Answer, Offer } from './authenticator.ts';

/** Of a name that is told on. */
const longestName = 128;

export interface Denial {
  readonly what: 'connect' | 'will' | 'subscribe';
  /** A topic or a filter; empty for `connect`. */
  readonly topic: string;
  readonly reason: string;
  /** The name that was given by a client that is not let in. */
  readonly user?: string;
}

export interface LoginOptions {
  readonly access: Access;
  readonly connectionOf: (client: Client) => Connection | undefined;
  /** A client may not connect, or not leave the will that it came with. */
  readonly onDenied: (client: Client, denial: Denial) => void;
  /** A client may connect and is about to. */
  readonly onAdmitted: (client: Client) => void;
  /** Runs something, and something else when it throws. */
  readonly guard: <Value>(run: () => Value, otherwise: (error: Error) => Value) => Value;
}

function offerOf(
  client: Client,
  connection: Connection | undefined,
  pair: Pick<Offer, 'user' | 'password'>,
): Offer {
  const { address = '', isLocal = false, certifiedName } = connection ?? {};
  return { client: client.id, address, isLocal, certifiedName, ...pair };
}

/** A will that may not be published is forgotten at once; like mosquitto, the client may stay without it. */
function mayConnect(
  { access, connectionOf, onDenied, onAdmitted }: LoginOptions,
  { client, user }: { readonly client: Client; readonly user: string | undefined },
  answer: Answer,
): boolean {
  if ('refusal' in answer) {
    const reason = `login refused (${answer.refusal})`;
    onDenied(client, {
      what: 'connect',
      topic: '',
      reason,
      ...(user && { user: user.slice(0, longestName) }),
    });
    return false;
  }
  const topic = connectionOf(client)?.willTopic;
  if (topic !== undefined && !access.mayLeaveWill(client, topic)) {
    onDenied(client, { what: 'will', topic, reason: `may not publish its will to "${topic.slice(0, 80)}"` });
    dropWill(client);
  }
  onAdmitted(client);
  return true;
}

export function loginHook(options: LoginOptions): AuthenticateHandler {
  const { access, connectionOf, guard } = options;
  return (client, user, password, done) => {
    let isAnswered = false;
    const answer = (conclude: () => boolean): void => {
      if (isAnswered) return;
      isAnswered = true;
      const isIn = guard(conclude, () => false);
      guard(
        () => done(null, isIn),
        () => undefined,
      );
    };
    const ask = (): void => {
      const offer = offerOf(client, connectionOf(client), { user, password });
      access.authenticate(client, offer, (found) =>
        answer(() => mayConnect(options, { client, user }, found)),
      );
    };
    guard(ask, () => answer(() => false));
  };
}
