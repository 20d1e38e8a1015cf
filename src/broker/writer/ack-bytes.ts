// Many acknowledgements in one piece: of each commit there may be hundreds for one client.
import { Buffer } from 'node:buffer';
import { packetBytes } from './packet-bytes.ts';
import type { OutgoingAck } from './parked-acks.ts';

const firstBytes = { puback: 0x40, pubrec: 0x50, pubrel: 0x62, pubcomp: 0x70 } as const;

/** A success without properties has the same four bytes in every version [MQTT5-3.4.2.1]. */
function isPlain({ packet }: OutgoingAck): boolean {
  return (packet.reasonCode ?? 0) === 0;
}

function plainBytes(acks: readonly OutgoingAck[]): Buffer {
  const bytes = Buffer.allocUnsafe(acks.length * 4);
  let at = 0;
  for (const { packet } of acks) {
    bytes[at++] = firstBytes[packet.cmd];
    bytes[at++] = 2;
    at = bytes.writeUInt16BE(packet.messageId ?? 0, at);
  }
  return bytes;
}

/** hot: once per commit or turn and client; guarded by the broker benchmark. */
export function ackBytes(acks: readonly OutgoingAck[]): Buffer {
  if (acks.every(isPlain)) return plainBytes(acks);
  return Buffer.concat(acks.map(({ packet, options }) => packetBytes(packet, options)));
}
