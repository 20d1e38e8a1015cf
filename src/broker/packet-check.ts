// Looks at each parsed packet before aedes does, for what ends aedes or a subscriber's connection.
// Not the strict guard of the specification: only what is known to do harm.
import { topicFault } from '../base/index.ts';

/** MQTT 5 reason code to close with, and what was wrong. */
export interface PacketFault {
  readonly reasonCode: 0x81 | 0x82 | 0x90;
  readonly text: string;
}

/** What mqtt-packet may hand over: values can be of any type when the packet was cut short. */
export interface ParsedPacket {
  readonly cmd: string;
  readonly topic?: unknown;
  readonly properties?: object | undefined;
  readonly will?: { readonly topic?: unknown; readonly properties?: object | undefined } | undefined;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && !(value >= 0));
}

function isTextOrTexts(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string';
}

/** mqtt-packet gives null or -1 for a value that was cut short, and an array for a property that came twice. */
function propertyFault(name: string, value: unknown): PacketFault | undefined {
  if (isMissing(value)) return { reasonCode: 0x81, text: `property ${name} is cut short` };
  if (Array.isArray(value)) return { reasonCode: 0x82, text: `property ${name} came twice` };
  if (name !== 'userProperties') return undefined;
  const texts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return texts.every(isTextOrTexts) ? undefined : { reasonCode: 0x81, text: 'a user property is cut short' };
}

function propertiesFault(properties: object | undefined): PacketFault | undefined {
  if (properties === undefined) return undefined;
  for (const [name, value] of Object.entries(properties)) {
    const fault = propertyFault(name, value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function willFault(will: ParsedPacket['will']): PacketFault | undefined {
  if (will === undefined) return undefined;
  const fault = typeof will.topic === 'string' ? topicFault(will.topic) : 'it is missing';
  if (fault !== undefined) return { reasonCode: 0x90, text: `the will's topic is no topic: ${fault}` };
  return propertiesFault(will.properties);
}

/** hot: once per packet received; guarded by the broker benchmark. */
export function packetFault(packet: ParsedPacket): PacketFault | undefined {
  const { properties, topic } = packet;
  if (properties !== undefined) {
    const fault = propertiesFault(properties);
    if (fault !== undefined) return fault;
  }
  if (packet.cmd === 'connect') return willFault(packet.will);
  if (packet.cmd !== 'publish') return undefined;
  if (typeof topic === 'string' && topic.includes('\0'))
    return { reasonCode: 0x90, text: 'the topic holds a NUL character' };
  if (properties !== undefined && 'subscriptionIdentifier' in properties)
    return { reasonCode: 0x82, text: 'a client may not send a subscription identifier in PUBLISH' };
  return undefined;
}
