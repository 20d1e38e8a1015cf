// Why a packet is refused, and what the other side is told about it.

/** Reason codes of MQTT 5 that the guard closes with. */
export const reasons = {
  malformed: 0x81,
  protocolError: 0x82,
  unsupportedVersion: 0x84,
  badClientId: 0x85,
  badUserNameOrPassword: 0x86,
  badFilter: 0x8f,
  badTopic: 0x90,
  badTopicAlias: 0x94,
  packetTooLarge: 0x95,
  quotaExceeded: 0x97,
  qosNotSupported: 0x9b,
} as const;

export type ReasonCode = (typeof reasons)[keyof typeof reasons];

/** Return codes of the CONNACK of MQTT 3; a fault without one just closes. */
export type ReturnCode = 1 | 2 | 4;

export interface WireFault {
  readonly reasonCode: ReasonCode;
  readonly text: string;
  /** What an MQTT 3 client gets in its CONNACK. */
  readonly returnCode?: ReturnCode;
  /** Closed without any reply, whatever the version: this may be no MQTT at all. */
  readonly isSilent?: boolean;
}

const connack = 0x20;

/** The CONNACK that answers a CONNECT with this fault; undefined when the connection is just closed. */
export function connackOf(fault: WireFault, version: number): Buffer | undefined {
  if (fault.isSilent === true) return undefined;
  // The highest bit is the mark of a bridge of mosquitto.
  if ((version & 0x7f) >= 5) return Buffer.from([connack, 3, 0, fault.reasonCode, 0]);
  return fault.returnCode === undefined ? undefined : Buffer.from([connack, 2, 0, fault.returnCode]);
}
