// One MQTT client of the emulated cloud: its login, its subscriptions, what it publishes. QoS 2 is its end.
import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { IConnectPacket, IPublishPacket, ISubscribePacket, Packet } from 'mqtt-packet';
import { parseBemfaAddress } from '../../../../src/base/index.ts';
import type { Account } from '../account.ts';
import type { Cloud } from '../cloud.ts';
import { Idleness } from '../idleness.ts';
import type { CloudTopic, Delivery, Hearer } from '../topic.ts';
import { MqttWire } from './wire.ts';

/** Time for a CONNECT. */
const loginWithinMs = 10_000;
/** The namespace of MQTT topics. */
const type = 1;
const refused = 0x80;
const returnCodes = { ok: 0, protocol: 1, badLogin: 5 } as const;

export interface MqttSessionOptions {
  readonly stream: Duplex;
  readonly cloud: Cloud;
  /** After the login; before it nobody need know of the session. */
  readonly onLogin: (session: MqttSession) => void;
  readonly onClose: (session: MqttSession, reason: string | undefined) => void;
}

export class MqttSession implements Hearer {
  readonly #options: MqttSessionOptions;
  readonly #wire: MqttWire;
  readonly #idleness: Idleness;
  readonly #granted = new Map<CloudTopic, 0 | 1>();
  #account: Account | undefined;
  #connect: IConnectPacket | undefined;
  #isGoodbye = false;
  #lastMessageId = 0;

  constructor(options: MqttSessionOptions) {
    this.#options = options;
    const { stream, cloud } = options;
    this.#wire = new MqttWire({
      stream,
      payloadBytes: cloud.conduct.payloadBytes,
      onPacket: (packet) => this.#receive(packet),
      onClose: (reason) => this.#closed(reason),
    });
    this.#idleness = new Idleness(cloud.clock, () => this.#wire.cut('silent for too long'));
    this.#idleness.allow(loginWithinMs);
  }

  /** Empty before the login. */
  get clientId(): string {
    return this.#connect?.clientId ?? '';
  }

  get account(): Account | undefined {
    return this.#account;
  }

  cut(reason: string): void {
    this.#wire.cut(reason);
  }

  deliver({ topic, payload, qos: given, isRetained }: Delivery): void {
    const found = this.#account?.find(type, topic);
    const qos = Math.min(given, (found && this.#granted.get(found)) ?? 0) === 1 ? 1 : 0;
    const packet = { cmd: 'publish', topic, payload, dup: false, retain: isRetained } as const;
    this.#wire.send(qos === 0 ? { ...packet, qos } : { ...packet, qos, messageId: this.#nextMessageId() });
  }

  #nextMessageId(): number {
    this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    return this.#lastMessageId;
  }

  #receive(packet: Packet): void {
    this.#idleness.touch();
    const account = this.#account;
    if (packet.cmd === 'connect' && this.#connect === undefined) this.#login(packet);
    else if (account === undefined) this.cut('not logged in');
    else this.#handle(packet, account);
  }

  #login(packet: IConnectPacket): void {
    this.#connect = packet;
    const { clientId, username, password, keepalive = 0, protocolVersion = 4 } = packet;
    if (protocolVersion > 4) return this.#refuse(returnCodes.protocol, 'speaks MQTT 5');
    const login = { clientId, username, password: password?.toString() };
    this.#account = this.#options.cloud.login(login);
    if (this.#account === undefined) return this.#refuse(returnCodes.badLogin, 'wrong key');
    this.#idleness.allow(keepalive * 1500);
    this.#wire.send({ cmd: 'connack', returnCode: returnCodes.ok, sessionPresent: false });
    this.#options.onLogin(this);
  }

  #refuse(returnCode: number, reason: string): void {
    this.#wire.send({ cmd: 'connack', returnCode, sessionPresent: false });
    this.#wire.end(reason);
  }

  #handle(packet: Packet, account: Account): void {
    switch (packet.cmd) {
      case 'publish':
        return packet.qos === 2 ? this.#strike(account) : this.#publish(packet, account);
      case 'subscribe':
        return this.#subscribe(packet, account);
      case 'unsubscribe':
        for (const address of packet.unsubscriptions) this.#unsubscribe(address, account);
        return this.#wire.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [] });
      case 'pingreq':
        return this.#wire.send({ cmd: 'pingresp' });
      case 'puback':
        return undefined;
      case 'pubrec':
      case 'pubrel':
      case 'pubcomp':
        return this.#strike(account);
      case 'disconnect':
        this.#isGoodbye = true;
        return this.#wire.end();
      default:
        return this.cut(`unexpected ${packet.cmd}`);
    }
  }

  #strike(account: Account): void {
    account.strike();
    this.cut('QoS 2');
  }

  #publish(packet: IPublishPacket, account: Account): void {
    const { topic: address, payload, qos, retain, messageId } = packet;
    // First the acknowledgement: a device that gets its own message back may expect it in this order.
    if (qos === 1) this.#wire.send({ cmd: 'puback', messageId: messageId ?? 0 });
    account.publish({
      type,
      address,
      payload: Buffer.from(payload),
      source: 'mqtt',
      from: this,
      qos: qos === 0 ? 0 : 1,
      isRetained: retain,
    });
  }

  #subscribe({ subscriptions, messageId }: ISubscribePacket, account: Account): void {
    if (subscriptions.some(({ qos }) => qos === 2)) return this.#strike(account);
    const retained: CloudTopic[] = [];
    const granted = subscriptions.map(({ topic: address, qos }) => {
      const { topic: name, ending } = parseBemfaAddress(address);
      const topic = ending === 'set' || ending === 'up' ? undefined : account.use(type, name);
      if (topic === undefined) return refused;
      const level = qos === 0 ? 0 : 1;
      topic.add(this, ending === 'bare');
      this.#granted.set(topic, level);
      retained.push(topic);
      return level;
    });
    this.#wire.send({ cmd: 'suback', messageId: messageId ?? 0, granted });
    for (const topic of retained) this.#deliverRetained(topic);
    return undefined;
  }

  #deliverRetained({ name, retained }: CloudTopic): void {
    if (retained) this.deliver({ topic: name, payload: retained.payload, qos: 1, isRetained: true });
  }

  #unsubscribe(address: string, account: Account): void {
    const topic = account.find(type, parseBemfaAddress(address).topic);
    if (topic === undefined) return;
    topic.remove(this, false);
    this.#granted.delete(topic);
  }

  #closed(reason: string | undefined): void {
    this.#idleness.stop();
    for (const topic of this.#granted.keys()) topic.remove(this, !this.#isGoodbye);
    this.#granted.clear();
    if (!this.#isGoodbye) this.#publishWill();
    this.#options.onClose(this, reason);
  }

  #publishWill(): void {
    const will = this.#connect?.will;
    if (will === undefined || will.qos === 2 || this.#account === undefined) return;
    this.#account.publish({
      type,
      address: will.topic,
      payload: Buffer.from(will.payload),
      source: 'mqtt',
      qos: will.qos === 1 ? 1 : 0,
      isRetained: will.retain === true,
    });
  }
}
