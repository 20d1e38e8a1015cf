// The fixed header: packet type, flags, remaining length. Judged before a byte of the body is waited for.
import { reasons, type WireFault } from './fault.ts';

/** Packet types by their number in the upper half of the first byte. */
export const packetType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

/** What a client may send, and the flags that it must have; PUBLISH alone has flags of its own. */
const requiredFlags: ReadonlyMap<number, number | undefined> = new Map([
  [packetType.connect, 0],
  [packetType.publish, undefined],
  [packetType.puback, 0],
  [packetType.pubrec, 0],
  [packetType.pubrel, 2],
  [packetType.pubcomp, 0],
  [packetType.subscribe, 2],
  [packetType.unsubscribe, 2],
  [packetType.pingreq, 0],
  [packetType.disconnect, 0],
]);
const flagsByType = Array.from({ length: 16 }, (_, type) =>
  requiredFlags.has(type) ? requiredFlags.get(type) : -1,
);

export const incomplete = -1;
export const badLength = -2;

/** The remaining length that starts at `at`, `incomplete`, or `badLength` when it is too long or not minimal. */
export function remainingLength(bytes: Buffer, at: number, end: number): number {
  let value = 0;
  for (let count = 0; count < 4; count++) {
    if (at + count >= end) return incomplete;
    const byte = bytes[at + count] ?? 0;
    value += (byte & 0x7f) << (7 * count);
    if (byte < 0x80) return byte === 0 && count > 0 ? badLength : value;
  }
  return badLength;
}

/** Bytes that a remaining length takes when it is minimal. */
export function lengthSize(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  return length < 0x20_0000 ? 3 : 4;
}

/** What is wrong with the first byte of a packet that comes after CONNECT. */
export function firstByteFault(first: number): WireFault | undefined {
  const type = first >> 4;
  const flags = first & 0x0f;
  const required = flagsByType[type];
  if (required === undefined)
    return (flags & 0x06) === 0x06 ? { reasonCode: reasons.malformed, text: 'QoS 3' } : undefined;
  if (required === flags && type !== packetType.connect) return undefined;
  if (type === 0) return { reasonCode: reasons.malformed, text: 'packet type 0 is reserved' };
  if (required === flags) return { reasonCode: reasons.protocolError, text: 'a second CONNECT' };
  return required < 0
    ? { reasonCode: reasons.protocolError, text: `a client does not send packets of type ${type}` }
    : { reasonCode: reasons.malformed, text: `flags ${flags} in a packet of type ${type}` };
}

/** What is wrong with the first byte of a connection. */
export function openingFault(first: number): WireFault | undefined {
  if (first === packetType.connect << 4) return undefined;
  return { reasonCode: reasons.protocolError, text: 'the first packet is not CONNECT', isSilent: true };
}
