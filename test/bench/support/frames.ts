// MQTT bytes as cheap as possible: prepared batches out, packets counted but not parsed in.
import mqttPacket from 'mqtt-packet';

export interface BenchMessage {
  readonly topic: string;
  readonly payload: string;
}

export function connectPacket(clientId: string): Buffer {
  return mqttPacket.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 0,
  });
}

export function subscribePacket(filter: string, qos: 0 | 1): Buffer {
  return mqttPacket.generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] });
}

export function publishPacket(message: BenchMessage, qos: 0 | 1, messageId: number): Buffer {
  const id = qos === 0 ? {} : { messageId };
  return mqttPacket.generate({ cmd: 'publish', ...message, qos, dup: false, retain: false, ...id });
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
