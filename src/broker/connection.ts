// One network connection: who is at the other end, and the acknowledgements that wait for it.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Commits, Timestamp } from '../base/index.ts';
import type { Arrival, Transport } from './listeners/arrival.ts';
import type { Ending } from './ports.ts';
import { AskedFilters } from './routing/asked-filters.ts';
import type { Traffic } from './statistics/traffic.ts';
import { ackBytes } from './writer/ack-bytes.ts';
import type { Outbox } from './writer/outbox.ts';
import { type AckPacket, ParkedAcks } from './writer/parked-acks.ts';
import { Receipts } from './writer/receipts.ts';

export interface ConnectionOptions {
  readonly arrival: Arrival;
  readonly openedAt: Timestamp;
  readonly commits: Commits;
  readonly parkedAcks: number;
  /** QoS 2 messages that the client may have under way. */
  readonly halfOpen: number;
  readonly outbox: (client: () => Client | undefined) => Outbox;
  readonly soon: (run: () => void) => void;
  readonly onStall: () => void;
}

export class Connection {
  readonly stream: Duplex;
  /** Address of the peer; empty on a unix socket. */
  readonly address: string;
  /** Whether the peer is this machine itself. */
  readonly isLocal: boolean;
  readonly transport: Transport;
  /** The name in its verified certificate, where such names count. */
  readonly certifiedName: string | undefined;
  readonly openedAt: Timestamp;
  readonly outbox: Outbox;
  readonly acks: ParkedAcks;
  readonly receipts: Receipts;
  readonly asked = new AskedFilters();
  /** Seconds, as the client asked in its CONNECT. */
  keepalive = 0;
  /** Of the will that the client came with. */
  willTopic: string | undefined;
  /** Whether the client wants a new session. */
  isCleanStart = true;
  /** The client behind it, once aedes knows the connection. */
  client: Client | undefined;
  #ending: Ending | undefined;
  readonly #onStall: () => void;

  constructor(options: ConnectionOptions) {
    const { arrival, commits, parkedAcks } = options;
    const { stream } = arrival;
    this.stream = stream;
    this.address = arrival.address;
    this.isLocal = arrival.isLocal;
    this.transport = arrival.transport;
    this.certifiedName = arrival.certifiedName;
    this.openedAt = options.openedAt;
    this.#onStall = options.onStall;
    this.outbox = options.outbox(() => this.client);
    this.receipts = new Receipts(options.halfOpen);
    this.acks = new ParkedAcks({
      commits,
      limit: parkedAcks,
      soon: options.soon,
      write: (acks) => {
        this.outbox.send(ackBytes(acks));
        return !this.outbox.isBehind;
      },
      onRoom: () => this.#announceRoom(),
    });
  }

  get traffic(): Traffic {
    return this.outbox.traffic;
  }

  /** Empty before the CONNECT. */
  get clientId(): string {
    return this.client?.id ?? '';
  }

  /** Why it ends or ended, as far as anybody has said. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** It is closed, or another one has its session. */
  get isOver(): boolean {
    return this.#ending === 'taken-over' || this.outbox.isClosed;
  }

  /** The first reason given is the one that counts. */
  endsBy(reason: Ending): void {
    this.#ending ??= reason;
  }

  /**
   * Parks an acknowledgement. False makes aedes wait for `drain`, and so read no further from this client, both when
   * too many are parked and when the client does not read what it was sent.
   */
  park(packet: AckPacket, options: object | undefined): boolean {
    const isRoom = this.acks.hold(packet, options);
    if (!isRoom) this.#onStall();
    return isRoom && !this.outbox.isBehind;
  }

  /** It is gone, or as good as. */
  close(): void {
    this.acks.close();
    this.outbox.close();
  }

  /** aedes waits for `drain`; where the client does not read, the outbox tells. */
  #announceRoom(): void {
    if (!this.stream.destroyed && !this.outbox.isBehind) this.stream.emit('drain');
  }
}
