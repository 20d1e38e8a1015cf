// The JSON forms of mosquitto_sub: %j with the payload as text, %J with the payload as JSON.
import { type ReceivedMessage, userProperties } from './message.ts';
import { strftime } from './strftime.ts';

function propertiesOf(message: ReceivedMessage): Record<string, unknown> | undefined {
  const { properties } = message;
  const users = userProperties(message);
  const entries: [string, unknown][] = [
    ['content-type', properties.contentType],
    ['user-properties', users.length === 0 ? undefined : Object.fromEntries(users)],
    ['response-topic', properties.responseTopic],
    ['correlation-data', properties.correlationData?.toString()],
    ['payload-format-indicator', properties.payloadFormatIndicator === true ? 1 : undefined],
    ['message-expiry-interval', properties.messageExpiryInterval],
    ['subscription-identifier', properties.subscriptionIdentifier],
  ];
  const present = entries.filter(([, value]) => value !== undefined);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line; undefined when the payload should be JSON and is not. */
export function messageJson(message: ReceivedMessage, at: number, form: 'text' | 'json'): string | undefined {
  const text = message.payload.toString();
  const value = form === 'text' ? text : parsed(text);
  if (value === undefined && text !== '') return undefined;
  const properties = propertiesOf(message);
  const micros = String((at % 1000) * 1000).padStart(6, '0');
  return JSON.stringify({
    tst: `${strftime('Y-m-d', at)}T${strftime('H:M:S', at)}.${micros}Z${strftime('z', at)}`,
    topic: message.topic,
    qos: message.qos,
    retain: message.retain ? 1 : 0,
    payloadlen: message.payload.length,
    ...(message.id === 0 ? {} : { mid: message.id }),
    ...(properties === undefined ? {} : { properties }),
    payload: text === '' ? null : value,
  });
}
