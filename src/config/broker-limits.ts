// The bounds of the MQTT broker as the configuration has them. Those without a key stay as the broker has them.
import { parseDuration } from '../base/index.ts';
import type { Config } from './schema.ts';

export function brokerLimits({ limits }: Config) {
  const { maxPayloadBytes, maxKeepalive, sessionExpiry } = limits;
  return {
    packetBytes: limits.maxPacketBytes,
    connections: limits.maxConnections,
    qos: limits.maxQos,
    inFlight: Math.min(limits.maxInflightMessages, 65_535),
    queuedMessages: limits.maxQueuedMessages,
    queuedBytes: limits.maxQueuedBytes,
    topicAliases: limits.maxTopicAlias,
    topicAliasesOut: limits.maxTopicAliasBroker,
    ...(maxPayloadBytes !== undefined && { payloadBytes: maxPayloadBytes }),
    ...(maxKeepalive !== undefined && { keepaliveSeconds: maxKeepalive, oldKeepaliveSeconds: maxKeepalive }),
    ...(sessionExpiry !== undefined && { sessionSeconds: Math.ceil(parseDuration(sessionExpiry) / 1000) }),
  };
}
