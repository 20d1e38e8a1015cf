// MQTT bytes as cheap as possible: prepared batches out, packets counted but not parsed in.
import mqttPacket from 'mqtt-packet';

export interface BenchMessage {
  readonly topic: string;
  readonly payload: string;
  readonly retain?: boolean;
}

export interface Introduction {
  readonly id: string;
  /** Its session outlives the connection. */
  readonly isKept?: boolean;
  readonly login?: { readonly username: string; readonly password: string };
}

export function connectPacket({ id, isKept = false, login }: Introduction): Buffer {
  return mqttPacket.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: id,
    clean: !isKept,
    keepalive: 0,
    ...(login !== undefined && { username: login.username, password: Buffer.from(login.password) }),
  });
}

export function subscribePacket(filter: string, qos: 0 | 1): Buffer {
  return mqttPacket.generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] });
}

export function publishPacket(message: BenchMessage, qos: 0 | 1, messageId: number): Buffer {
  const id = qos === 0 ? {} : { messageId };
  return mqttPacket.generate({ cmd: 'publish', retain: false, ...message, qos, dup: false, ...id });
}

/** One buffer of many publishes; the messages are taken in turn. */
export function publishBatch(
  messages: readonly BenchMessage[],
  qos: 0 | 1,
  range: { readonly from: number; readonly count: number },
): Buffer {
  const parts: Buffer[] = [];
  for (let i = range.from; i < range.from + range.count; i++) {
    const message = messages[i % messages.length];
    if (message !== undefined) parts.push(publishPacket(message, qos, (i % 65_535) + 1));
  }
  return Buffer.concat(parts);
}

const puback = 0x40;

/** A PUBACK for every PUBLISH of QoS 1 among whole packets; undefined when there is none. */
function pubacksFor(packets: readonly Buffer[]): Buffer | undefined {
  const asked = packets.filter((packet) => ((packet[0] ?? 0) & 0xf6) === 0x32);
  if (asked.length === 0) return undefined;
  const acks = Buffer.allocUnsafe(asked.length * 4);
  for (const [at, packet] of asked.entries()) {
    let bodyAt = 2;
    while ((packet[bodyAt - 1] ?? 0) >= 128) bodyAt++;
    const idAt = bodyAt + 2 + packet.readUInt16BE(bodyAt);
    acks.writeUInt16BE((puback << 8) | 2, at * 4);
    packet.copy(acks, at * 4 + 2, idAt, idAt + 2);
  }
  return acks;
}

/** Answers messages of QoS 1 as a subscriber must. Costs more than counting: only for those who get such messages. */
export class Receiver {
  #left: Buffer = Buffer.alloc(0);

  /** The acknowledgements for what these bytes complete. */
  answer(bytes: Buffer): Buffer | undefined {
    const all = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
    const packets: Buffer[] = [];
    let at = 0;
    for (let end = endOf(all, at); end !== undefined; end = endOf(all, at)) {
      packets.push(all.subarray(at, end));
      at = end;
    }
    this.#left = Buffer.from(all.subarray(at));
    return pubacksFor(packets);
  }
}

/** Where the packet that begins here ends; undefined when it is not whole. */
function endOf(bytes: Buffer, start: number): number | undefined {
  let length = 0;
  let at = start + 1;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) return undefined;
    length += (byte & 127) * scale;
    if (byte < 128) break;
  }
  return at + length <= bytes.length ? at + length : undefined;
}

/** Counts the packets of a byte stream by their type, looking at fixed headers only. */
export class FrameCounter {
  /** Packets that ended so far, by type (3 is PUBLISH, 4 is PUBACK). */
  readonly counts = new Array<number>(16).fill(0);
  #type = 0;
  #state: 'type' | 'length' | 'body' = 'type';
  #length = 0;
  #shift = 1;

  add(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'body') {
        const step = Math.min(this.#length, bytes.length - at);
        at += step;
        this.#length -= step;
        if (this.#length === 0) this.#end();
      } else this.#header(bytes[at++] ?? 0);
    }
  }

  #header(byte: number): void {
    if (this.#state === 'type') {
      this.#type = byte >> 4;
      this.#length = 0;
      this.#shift = 1;
      this.#state = 'length';
      return;
    }
    this.#length += (byte & 127) * this.#shift;
    this.#shift *= 128;
    if (byte >= 128) return;
    this.#state = 'body';
    if (this.#length === 0) this.#end();
  }

  #end(): void {
    this.counts[this.#type] = (this.counts[this.#type] ?? 0) + 1;
    this.#state = 'type';
  }
}
