// Many acknowledgements in one write: of each commit there may be hundreds for one client.
import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { WriteToStream } from '../seams.ts';
import type { OutgoingAck } from './parked-acks.ts';

const firstBytes = { puback: 0x40, pubrec: 0x50 } as const;

/** Without reason code and properties an acknowledgement has the same four bytes in every version [MQTT5-3.4.2.1]. */
function isPlain({ packet }: OutgoingAck): boolean {
  return packet.reasonCode === undefined;
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

/** hot: once per commit or turn and client; guarded by the broker benchmark. False when the stream's buffer is full. */
export function writeAcks(acks: readonly OutgoingAck[], stream: Duplex, write: WriteToStream): boolean {
  if (acks.every(isPlain)) return stream.write(plainBytes(acks));
  let hasRoom = true;
  for (const { packet, options } of acks) hasRoom = write(packet, stream, options);
  return hasRoom;
}
