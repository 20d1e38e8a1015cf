// aedes as the house uses it: our persistence under it, our hooks around it, its known defects cured from outside.
import { Aedes, type AedesOptions, type Client } from 'aedes';
import { matchesFilter, messageOf } from '../base/index.ts';
import type { Access } from './access/access.ts';
import { loginHook } from './access/login.ts';
import type { Connection } from './connection.ts';
import type { BrokerCounters } from './counters.ts';
import type { BrokerLimits } from './options.ts';
import type { SessionStore } from './persistence/session-store.ts';
import { brokerParts, clientParts } from './seams.ts';

export interface CoreOptions {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly access: Access;
  readonly sessions: SessionStore;
  readonly connectionOf: (client: Client) => Connection | undefined;
  readonly onHookError: (error: unknown) => void;
  /** A client may not connect, or not leave the will that it came with. */
  readonly onDenied: (client: Client, reason: string) => void;
}

/** Longest client id of an MQTT 3.1 client; the 23 of that text is not kept by real devices, nor by mosquitto. */
const maxOldClientId = 128;
const topicAliases = 10;
/** The guard's own bound comes first. */
const connectTimeoutMs = 15_000;

/**
 * aedes looks for the subscription under the topic itself, so what matched by wildcard would come with the QoS of the
 * publish [MQTT-3.8.4-8]. Only QoS 2 and retained messages can be concerned: QoS 0 subscriptions are served apart.
 */
function lowerQos(client: Client, packet: { topic: string; qos: 0 | 1 | 2; retain: boolean }): void {
  let granted = 0;
  for (const [filter, subscription] of Object.entries(clientParts(client).subscriptions)) {
    const qos = subscription?.qos ?? 0;
    if (qos > granted && matchesFilter(filter, packet.topic)) granted = qos;
  }
  if (granted === 0) packet.qos = 0;
  else if (granted === 1) packet.qos = 1;
}

/** Our hooks. aedes calls them without a net: one that throws ends the process, so each is guarded. */
function hooksOf(options: CoreOptions): AedesOptions {
  const { access, connectionOf } = options;
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
      done(guard(() => access.authorizePublish(client, packet), identity));
    },
    authorizeSubscribe: (_client, subscription, done) => {
      const mayPass = guard(
        () => access.maySubscribe(subscription.topic),
        () => false,
      );
      done(null, mayPass ? subscription : null);
    },
    // hot: once per delivery; guarded by the broker benchmark.
    authorizeForward: (client, packet) => {
      const mayPass = guard(
        () => access.mayReceive(client, packet.topic),
        () => false,
      );
      if (!mayPass) return null;
      if (packet.qos === 2 || (packet.qos === 1 && packet.retain)) {
        guard(
          () => lowerQos(client, packet),
          () => undefined,
        );
      }
      return packet;
    },
  };
}

export async function createCore(options: CoreOptions): Promise<Aedes> {
  const { limits } = options;
  const aedes = await Aedes.createBroker({
    ...hooksOf(options),
    persistence: options.sessions,
    connectTimeout: connectTimeoutMs,
    drainTimeout: limits.drainMs,
    maximumPacketSize: limits.packetBytes,
    maxClientsIdLength: maxOldClientId,
    receiveMaximum: limits.halfOpen,
    topicAliasMaximum: topicAliases,
  });
  brokerParts(aedes).clients = Object.create(null);
  return aedes;
}
