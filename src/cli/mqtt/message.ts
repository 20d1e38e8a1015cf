// A received message as the output formats see it.
import type { IPublishPacket } from 'mqtt';

export interface ReceivedMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** 0 with QoS 0. */
  readonly id: number;
  readonly properties: NonNullable<IPublishPacket['properties']>;
}

export function messageOfPacket(packet: IPublishPacket): ReceivedMessage {
  const { topic, payload, qos, retain, messageId, properties } = packet;
  return {
    topic,
    payload: Buffer.from(payload),
    qos,
    retain,
    id: messageId ?? 0,
    properties: properties ?? {},
  };
}

/** User properties in order; a repeated name gives several pairs. */
export function userProperties({ properties }: ReceivedMessage): [name: string, value: string][] {
  return Object.entries(properties.userProperties ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}
