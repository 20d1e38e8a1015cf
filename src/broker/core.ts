// aedes as the house uses it: our persistence under it, our hooks around it, its known defects cured from outside.
import { Aedes, type AedesOptions, type Client } from 'aedes';
import { messageOf } from '../base/index.ts';
import type { Access } from './access/access.ts';
import { type Denial, loginHook } from './access/login.ts';
import type { Connection } from './connection.ts';
import type { BrokerCounters } from './counters.ts';
import type { BrokerLimits } from './options.ts';
import type { SessionStore } from './persistence/session-store.ts';
import type { Router } from './routing/router.ts';
import { matchedFilter } from './routing/shared-filter.ts';
import { brokerParts } from './seams.ts';

export interface CoreOptions {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly access: Access;
  readonly sessions: SessionStore;
  readonly router: Router;
  readonly isRefused: (filter: string) => boolean;
  readonly connectionOf: (client: Client) => Connection | undefined;
  readonly onHookError: (error: unknown) => void;
  /** A client may not connect, not leave the will that it came with, or not subscribe. */
  readonly onDenied: (client: Client, denial: Denial) => void;
  /** A client may connect and is about to. */
  readonly onAdmitted: (client: Client) => void;
  /** A client may not publish there and is told so. */
  readonly onPublishDenied: (client: Client, topic: string) => void;
}

/** A client that does not read is cut by its send queue. */
const neverMs = 2 ** 31 - 1;
/** Longest client id of an MQTT 3.1 client; the 23 of that text is not kept by real devices, nor by mosquitto. */
const maxOldClientId = 128;
/** The guard's own bound comes first. */
const connectTimeoutMs = 15_000;

/** Our hooks. aedes calls them without a net: one that throws ends the process, so each is guarded. */
function hooksOf(options: CoreOptions): AedesOptions {
  const { access, connectionOf, isRefused } = options;
  const guard = <Value>(run: () => Value, otherwise: (error: Error) => Value): Value => {
    try {
      return run();
    } catch (error) {
      options.onHookError(error);
      return otherwise(error instanceof Error ? error : new Error(messageOf(error)));
    }
  };
  const identity = (error: Error): Error | null => error;
  return {
    preConnect: (client, packet, done) => {
      const fault = guard<Error | null>(() => {
        const connection = connectionOf(client);
        if (connection === undefined) return new Error('unknown connection');
        connection.keepalive = packet.keepalive ?? 0;
        connection.willTopic = packet.will?.topic;
        return null;
      }, identity);
      done(fault, fault === null);
    },
    authenticate: loginHook({ ...options, guard }),
    authorizePublish: (client, packet, done) => {
      const fault = guard(() => access.authorizePublish(client, packet), identity);
      if (fault !== null && client !== null) options.onPublishDenied(client, packet.topic);
      done(fault);
    },
    authorizeSubscribe: (client, subscription, done) => {
      const mayPass = guard(
        () => !isRefused(subscription.topic) && access.maySubscribe(matchedFilter(subscription.topic)),
        () => false,
      );
      const { topic } = subscription;
      if (!mayPass && client !== null) {
        options.onDenied(client, { what: 'subscribe', topic, reason: 'may not subscribe there' });
      }
      done(null, mayPass ? subscription : null);
    },
    // Only what comes from the queue of a session; see `Router` for the rest.
    authorizeForward: (client, packet) => {
      const mayPass = guard(
        () => access.mayReceive(client, packet.topic),
        () => false,
      );
      return mayPass ? packet : null;
    },
  };
}

export async function createCore(options: CoreOptions): Promise<Aedes> {
  const { limits } = options;
  const aedes = await Aedes.createBroker({
    ...hooksOf(options),
    persistence: options.sessions,
    mq: options.router,
    connectTimeout: connectTimeoutMs,
    drainTimeout: neverMs,
    maximumPacketSize: limits.packetBytes,
    maxClientsIdLength: maxOldClientId,
    receiveMaximum: limits.halfOpen,
    topicAliasMaximum: limits.topicAliases,
    responseInformation: (client: Client) => `response/${client.id}`,
  });
  brokerParts(aedes).clients = Object.create(null);
  return aedes;
}
