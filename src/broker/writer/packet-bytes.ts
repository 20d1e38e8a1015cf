// Packets as bytes, by mqtt-packet.
import type { Buffer } from 'node:buffer';
import mqttPacket, { type Packet } from 'mqtt-packet';

/** mqtt-packet itself looks at what each kind needs, and throws when it is not there. */
function isPacket(packet: object): packet is Packet {
  return 'cmd' in packet;
}

/** Throws when the packet is none. */
export function packetBytes(packet: object, options?: object): Buffer {
  if (!isPacket(packet)) throw new TypeError('no packet');
  return mqttPacket.generate(packet, options);
}
