// The JSON forms of mosquitto_sub: %j with the payload as text, %J with the payload as JSON.
import { type ReceivedMessage, userProperties } from './message.ts';
import { strftime } from './strftime.ts';

/** In the order of the packet, as mosquitto_sub prints them. */
function propertiesOf(message: ReceivedMessage): Record<string, unknown> | undefined {
  const { properties } = message;
  const shapes: Record<string, [name: string, value: unknown]> = {
    contentType: ['content-type', properties.contentType],
    userProperties: ['user-properties', Object.fromEntries(userProperties(message))],
    responseTopic: ['response-topic', properties.responseTopic],
    correlationData: ['correlation-data', properties.correlationData?.toString()],
    payloadFormatIndicator: ['payload-format-indicator', Number(properties.payloadFormatIndicator)],
    messageExpiryInterval: ['message-expiry-interval', properties.messageExpiryInterval],
    subscriptionIdentifier: ['subscription-identifier', properties.subscriptionIdentifier],
  };
  const present = Object.entries(shapes).filter(([name]) => name in properties);
  const order = Object.keys(properties);
  present.sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return present.length === 0 ? undefined : Object.fromEntries(present.map(([, entry]) => entry));
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
