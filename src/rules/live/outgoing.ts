// An effect as the broker takes it.
import type { PublishEffect } from '../effect.ts';

/** A user property that tells a receiver that this message may have gone out before a crash. */
const repeatedProperty = { 'homerule-maybe-repeated': 'true' };

export interface OutgoingMessage extends Pick<PublishEffect, 'topic' | 'payload' | 'qos' | 'retain'> {
  readonly origin: 'rule' | 'api';
  readonly by: string;
  readonly properties?: {
    readonly messageExpiryInterval?: number;
    readonly userProperties?: Readonly<Record<string, string>>;
  };
}

function propertiesOf({ expiry, properties }: PublishEffect, isRepeated: boolean) {
  const userProperties = isRepeated ? { ...properties, ...repeatedProperty } : properties;
  return {
    ...(expiry !== undefined && { messageExpiryInterval: expiry }),
    ...(userProperties !== undefined && { userProperties }),
  };
}

export function outgoing(effect: PublishEffect, isRepeated: boolean): OutgoingMessage {
  const { topic, payload, qos, retain, rule } = effect;
  const origin = rule === '' ? 'api' : 'rule';
  const plain = { topic, payload, qos, retain, origin, by: rule } as const;
  const isPlain = effect.expiry === undefined && effect.properties === undefined && !isRepeated;
  return isPlain ? plain : { ...plain, properties: propertiesOf(effect, isRepeated) };
}
