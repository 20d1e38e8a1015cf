// One client of the TCP device cloud (创客云): lines of text, each answered at once.
import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { parseBemfaAddress } from '../../../../src/base/index.ts';
import type { Account } from '../account.ts';
import { beijingTime, unixSeconds } from '../beijing-time.ts';
import type { Cloud } from '../cloud.ts';
import { Idleness } from '../idleness.ts';
import type { CloudTopic, Delivery, Hearer } from '../topic.ts';
import { messageLine, parseRequest, resultLine, type TcpRequest } from './request.ts';

/** The namespace of TCP topics. */
const type = 3;
const silenceMs = 65_000;
const topicsAtOnce = 8;
const longestAround = 1024;
const unsentBytes = 4 * 1024 * 1024;

export class TcpSession implements Hearer {
  readonly #stream: Duplex;
  readonly #cloud: Cloud;
  readonly #idleness: Idleness;
  readonly #decoder = new StringDecoder('utf8');
  readonly #topics = new Set<CloudTopic>();
  #uid = '';
  #unread = '';
  #isGoodbye = false;

  constructor(stream: Duplex, cloud: Cloud) {
    this.#stream = stream;
    this.#cloud = cloud;
    this.#idleness = new Idleness(cloud.clock, () => stream.destroy());
    this.#idleness.allow(silenceMs);
    stream.on('data', (bytes: Buffer) => this.#read(bytes));
    stream.on('end', () => {
      this.#isGoodbye = true;
    });
    // What comes of an error is `close`; which one it was matters to nobody.
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.#closed());
  }

  deliver({ topic, payload }: Delivery): void {
    this.#write(messageLine({ cmd: '2', uid: this.#uid, topic, msg: payload.toString() }));
  }

  #read(bytes: Buffer): void {
    const lines = (this.#unread + this.#decoder.write(bytes)).split('\n');
    this.#unread = lines.pop() ?? '';
    for (const line of lines) if (!this.#stream.destroyed) this.#write(this.#answer(parseRequest(line)));
    if (this.#unread.length > this.#cloud.conduct.payloadBytes + longestAround) this.#stream.destroy();
  }

  #write(text: string): void {
    if (this.#stream.destroyed) return;
    this.#stream.write(text);
    if (this.#stream.writableLength > unsentBytes) this.#stream.destroy();
  }

  #answer(request: TcpRequest): string {
    this.#idleness.touch();
    const { cmd } = request;
    if (!['1', '2', '3', '7', '9'].includes(cmd)) return resultLine('0', true);
    const account = this.#cloud.find(request.uid);
    if (account === undefined) return resultLine(cmd, false);
    this.#uid = request.uid;
    switch (cmd) {
      case '1':
        return resultLine(cmd, this.#subscribe(request.topic.split(','), account));
      case '2':
        return resultLine(cmd, this.#publish(request, account));
      case '7':
        return this.#time(request.type) ?? resultLine(cmd, false);
      case '3':
        this.#subscribe([request.topic], account);
        return this.#last('3', request, account);
      default:
        return this.#last('9', request, account);
    }
  }

  /** All or none; none, too, when it has them all already. */
  #subscribe(addresses: readonly string[], account: Account): boolean {
    if (addresses.length > topicsAtOnce) return false;
    const wanted = addresses.map((address) => {
      const { topic: name, ending } = parseBemfaAddress(address.trim());
      const topic = ending === 'set' || ending === 'up' ? undefined : account.use(type, name);
      return { topic, isDevice: ending === 'bare' };
    });
    const isNew = wanted.some(({ topic }) => topic !== undefined && !this.#topics.has(topic));
    if (!isNew || wanted.some(({ topic }) => topic === undefined)) return false;
    for (const { topic, isDevice } of wanted) {
      if (topic === undefined) continue;
      topic.add(this, isDevice);
      this.#topics.add(topic);
    }
    return true;
  }

  #publish({ topic: address, msg }: TcpRequest, account: Account): boolean {
    if (msg === undefined) return false;
    const payload = Buffer.from(msg);
    return account.publish({ type, address, payload, source: 'tcp', from: this }) === 'kept';
  }

  #last(cmd: '3' | '9', { uid, topic: address }: TcpRequest, account: Account): string {
    const topic = account.find(type, parseBemfaAddress(address).topic);
    if (topic === undefined) return resultLine(cmd, false);
    return messageLine({ cmd, uid, topic: topic.name, msg: topic.last?.payload.toString() ?? '' });
  }

  /** The one answer without a line end, as devices expect it. */
  #time(kind: string): string | undefined {
    const now = this.#cloud.clock.now();
    const text = beijingTime(now);
    if (kind === '3') return String(unixSeconds(now));
    if (kind === '2') return text.slice(11);
    return kind === '1' ? text : undefined;
  }

  #closed(): void {
    this.#idleness.stop();
    for (const topic of this.#topics) topic.remove(this, !this.#isGoodbye);
    this.#topics.clear();
  }
}
