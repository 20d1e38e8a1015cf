// Every property of MQTT 5 (specification, table 2-4): its type, its range, and where a client may send it.
import { type ReasonCode, reasons } from './fault.ts';

/** What a client sends and what holds properties; `will` are those of the will inside CONNECT. */
export type PropertyHolder =
  | 'connect'
  | 'will'
  | 'publish'
  | 'puback'
  | 'pubrec'
  | 'pubrel'
  | 'pubcomp'
  | 'subscribe'
  | 'unsubscribe'
  | 'disconnect';

export type PropertyType =
  | 'flag'
  | 'uint16'
  | 'uint32'
  | 'varint'
  | 'text'
  | 'topic'
  | 'binary'
  | 'userProperty';

export interface PropertyRule {
  readonly id: number;
  readonly name: string;
  readonly type: PropertyType;
  /** None for those that only a server sends. */
  readonly holders: readonly PropertyHolder[];
  readonly min?: number;
  /** For a value below `min`; Protocol Error when absent. */
  readonly rangeReason?: ReasonCode;
  readonly isRepeatable?: boolean;
}

const message: readonly PropertyHolder[] = ['will', 'publish'];
const acks: readonly PropertyHolder[] = ['puback', 'pubrec', 'pubrel', 'pubcomp'];
const all: readonly PropertyHolder[] = [
  'connect',
  ...message,
  ...acks,
  'subscribe',
  'unsubscribe',
  'disconnect',
];
const fromServer: readonly PropertyHolder[] = [];

export const topicAliasId = 0x23;
export const sessionExpiryId = 0x11;

export const propertyRules: readonly PropertyRule[] = [
  { id: 0x01, name: 'Payload Format Indicator', type: 'flag', holders: message },
  { id: 0x02, name: 'Message Expiry Interval', type: 'uint32', holders: message },
  { id: 0x03, name: 'Content Type', type: 'text', holders: message },
  { id: 0x08, name: 'Response Topic', type: 'topic', holders: message },
  { id: 0x09, name: 'Correlation Data', type: 'binary', holders: message },
  { id: 0x0b, name: 'Subscription Identifier', type: 'varint', holders: ['subscribe'], min: 1 },
  {
    id: sessionExpiryId,
    name: 'Session Expiry Interval',
    type: 'uint32',
    holders: ['connect', 'disconnect'],
  },
  { id: 0x12, name: 'Assigned Client Identifier', type: 'text', holders: fromServer },
  { id: 0x13, name: 'Server Keep Alive', type: 'uint16', holders: fromServer },
  { id: 0x15, name: 'Authentication Method', type: 'text', holders: ['connect'] },
  { id: 0x16, name: 'Authentication Data', type: 'binary', holders: ['connect'] },
  { id: 0x17, name: 'Request Problem Information', type: 'flag', holders: ['connect'] },
  { id: 0x18, name: 'Will Delay Interval', type: 'uint32', holders: ['will'] },
  { id: 0x19, name: 'Request Response Information', type: 'flag', holders: ['connect'] },
  { id: 0x1a, name: 'Response Information', type: 'text', holders: fromServer },
  { id: 0x1c, name: 'Server Reference', type: 'text', holders: fromServer },
  { id: 0x1f, name: 'Reason String', type: 'text', holders: [...acks, 'disconnect'] },
  { id: 0x21, name: 'Receive Maximum', type: 'uint16', holders: ['connect'], min: 1 },
  { id: 0x22, name: 'Topic Alias Maximum', type: 'uint16', holders: ['connect'] },
  {
    id: topicAliasId,
    name: 'Topic Alias',
    type: 'uint16',
    holders: ['publish'],
    min: 1,
    rangeReason: reasons.badTopicAlias,
  },
  { id: 0x24, name: 'Maximum QoS', type: 'flag', holders: fromServer },
  { id: 0x25, name: 'Retain Available', type: 'flag', holders: fromServer },
  { id: 0x26, name: 'User Property', type: 'userProperty', holders: all, isRepeatable: true },
  { id: 0x27, name: 'Maximum Packet Size', type: 'uint32', holders: ['connect'], min: 1 },
  { id: 0x28, name: 'Wildcard Subscription Available', type: 'flag', holders: fromServer },
  { id: 0x29, name: 'Subscription Identifiers Available', type: 'flag', holders: fromServer },
  { id: 0x2a, name: 'Shared Subscription Available', type: 'flag', holders: fromServer },
];
