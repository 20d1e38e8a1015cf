// A subscriber whose session is kept: comes and goes, remembers what it got and which QoS 2 identifiers are open.
import { EventEmitter, once } from 'node:events';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import { Link } from './link.ts';
import { readStamp, type Stamp } from './stamp.ts';

export interface Receipt extends Stamp {
  readonly qos: 0 | 1 | 2;
  /** The house said that it may have sent this before a crash. */
  readonly isMarked: boolean;
  /** When it came, by the clock of the harness. */
  readonly at: number;
}

export class Subscriber {
  readonly id: string;
  readonly filter: string;
  readonly receipts: Receipt[] = [];
  readonly faults: string[] = [];
  readonly #changed = new EventEmitter();
  /** QoS 2 messages that were taken and not yet released, by identifier. */
  readonly #open = new Map<number, string>();
  #link: Link | undefined;
  #isSubscribed = false;
  #pings = 0;
  readonly #read: (payload: string) => Stamp | undefined;

  constructor(id: string, filter: string, read = readStamp) {
    this.id = id;
    this.filter = filter;
    this.#read = read;
  }

  get isOnline(): boolean {
    return this.#link?.isOpen === true;
  }

  async connect(port: number): Promise<void> {
    const { link, isResumed } = await Link.open({
      port,
      id: this.id,
      onPacket: (packet, from) => this.#onPacket(packet, from),
    });
    this.#link = link;
    if (this.#isSubscribed) {
      if (!isResumed) this.faults.push(`the session of ${this.id} is lost`);
      return;
    }
    link.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: this.filter, qos: 2 }] });
    while (!this.#isSubscribed) await once(this.#changed, 'change');
  }

  async cut(): Promise<void> {
    await this.#link?.cut();
  }

  /** Resolves when `isEnough` holds, or rejects after `ms`. */
  async until(isEnough: () => boolean, ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    while (!isEnough()) await once(this.#changed, 'change', { signal });
  }

  /** What the house sent before it answered this is here when it resolves. */
  async settled(): Promise<void> {
    const pings = this.#pings;
    this.#link?.send({ cmd: 'pingreq' });
    while (this.#pings === pings) await once(this.#changed, 'change');
  }

  /** What comes right behind the CONNACK is here before `connect` knows of the link. */
  #onPacket(packet: Packet, link: Link): void {
    if (packet.cmd === 'publish') this.#onPublish(packet, link);
    else if (packet.cmd === 'pubrel') {
      const messageId = packet.messageId ?? 0;
      this.#open.delete(messageId);
      link.send({ cmd: 'pubcomp', messageId });
    } else if (packet.cmd === 'suback') this.#isSubscribed = true;
    else if (packet.cmd === 'pingresp') this.#pings++;
    this.#changed.emit('change');
  }

  #onPublish({ qos, messageId = 0, payload, properties }: IPublishPacket, link: Link): void {
    if (qos === 1) link.send({ cmd: 'puback', messageId });
    if (qos === 2) link.send({ cmd: 'pubrec', messageId });
    const text = String(payload);
    const taken = qos === 2 ? this.#open.get(messageId) : undefined;
    if (taken !== undefined) {
      if (taken !== text)
        this.faults.push(`${this.id} got "${text}" under ${messageId}, still taken by "${taken}"`);
      return;
    }
    if (qos === 2) this.#open.set(messageId, text);
    const stamp = this.#read(text);
    if (stamp === undefined) {
      this.faults.push(`${this.id} got a damaged message: ${text.slice(0, 60)}`);
      return;
    }
    const isMarked = properties?.userProperties?.['homerule-maybe-repeated'] === 'true';
    this.receipts.push({ ...stamp, qos, isMarked, at: Date.now() });
  }
}
