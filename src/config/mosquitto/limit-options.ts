// The bounds of mosquitto.conf (max_connections and its like) as keys of ours. Where mosquitto has none, ours stays.

export interface LimitOption {
  readonly key: string;
  /** mosquitto's word for "no bound". */
  readonly unbounded?: number;
  readonly least: number;
  readonly most: number;
  readonly note?: string;
}

const most = 2_147_483_647;
const oldestLeaves = 'what is too much pushes out the oldest message here, not the newest';

/** By name. */
export const limitOptions: Readonly<Record<string, LimitOption>> = {
  max_packet_size: { key: 'maxPacketBytes', least: 20, most },
  message_size_limit: { key: 'maxPayloadBytes', unbounded: 0, least: 1, most },
  max_connections: { key: 'maxConnections', unbounded: -1, least: 1, most },
  max_inflight_messages: { key: 'maxInflightMessages', unbounded: 0, least: 1, most: 65_535 },
  max_queued_messages: { key: 'maxQueuedMessages', unbounded: 0, least: 1, most, note: oldestLeaves },
  max_queued_bytes: { key: 'maxQueuedBytes', unbounded: 0, least: 1, most, note: oldestLeaves },
  max_keepalive: {
    key: 'maxKeepalive',
    unbounded: 0,
    least: 10,
    most: 65_535,
    note: 'a client of an older MQTT that asks for more is let in, and cut when it is silent for longer',
  },
  max_qos: { key: 'maxQos', least: 0, most: 2 },
  max_topic_alias: { key: 'maxTopicAlias', least: 0, most: 65_535 },
  max_topic_alias_broker: { key: 'maxTopicAliasBroker', least: 0, most: 65_535 },
};

const hoursOf: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, m: 720, y: 8760 };

/** `14d`, `3m` (months) of persistent_client_expiration as a duration of ours; undefined when it is none. */
export function expiryOf(value: string): string | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([hdwmy])$/.exec(value) ?? [];
  const hours = Number(count) * (hoursOf[unit] ?? 0);
  return hours > 0 ? `${hours}h` : undefined;
}
