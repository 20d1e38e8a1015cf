// The guard of one connection: its bytes on the way to aedes, its refusal, its time to connect.
import type { Client } from 'aedes';
import { type Clock, messageOf, type Undo } from '../../base/index.ts';
import type { Connection } from '../connection.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import { type ClientParts, clientParts, replaceListener } from '../seams.ts';
import { farewellMs, lingerOnce } from './farewell.ts';
import { connackOf, type WireFault } from './fault.ts';
import { imposedKeepalive } from './keepalive.ts';
import type { PacketCheck } from './packet-check.ts';
import { packetType } from './packet-header.ts';
import type { SessionFacts } from './session-facts.ts';
import { WireGuard } from './wire-guard.ts';

export interface ClientGuardOptions {
  readonly clock: Clock;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  /** An exception of aedes or mqtt-packet was caught; the connection is closed. */
  readonly onCaught: (connection: Connection, error: unknown) => void;
  /** A connection was refused in a way that aedes does not report. */
  readonly onRefused: (client: Client, error: Error) => void;
}

export class GuardedClient {
  readonly #client: Client;
  readonly #connection: Connection;
  readonly #options: ClientGuardOptions;
  readonly #parts: ClientParts;
  readonly #wire: WireGuard;
  /** Read while earlier bytes were still on their way through the parser. */
  readonly #arrived: Buffer[] = [];
  #isReading = false;
  #undoTimer: Undo = () => undefined;

  constructor(client: Client, connection: Connection, options: ClientGuardOptions & { check: PacketCheck }) {
    const { limits, check } = options;
    const parts = clientParts(client);
    this.#client = client;
    this.#connection = connection;
    this.#options = options;
    this.#parts = parts;
    this.#wire = new WireGuard({
      check,
      packetBytes: limits.packetBytes,
      maxFilters: limits.subscriptions,
      heldFilters: () => Object.keys(parts.subscriptions),
      deliver: parts._parser.parse.bind(parts._parser),
      onConnect: (facts) => this.#onConnect(facts),
      onPacket: (type) => this.#count(type),
      refuse: (fault, isStranger) => this.#refuse(fault, isStranger),
    });
  }

  /** Must run before the first byte of the client is read. */
  start(): void {
    const parts = this.#parts;
    parts.subscriptions = Object.create(null);
    parts.duplicates = Object.create(null);
    parts._parser.parse = (bytes) => this.#read(bytes);
    parts._parser.on('error', () => {
      this.#options.counters.malformed++;
      this.#connection.endsBy('protocol-error');
    });
    replaceListener(this.#client, 'connected', (inner) => () => {
      this.#attempt(() => inner());
      this.#resume();
    });
    this.#armConnectTimer();
  }

  /** hot: once per read of a socket; guarded by the broker benchmark. aedes does not look at what it returns. */
  #read(bytes: Buffer): number {
    this.#arrived.push(bytes);
    this.#options.counters.bytesReceived += bytes.length;
    this.#connection.traffic.bytesReceived += bytes.length;
    if (this.#isReading) return 0;
    if (this.#wire.isWaiting && this.#parts.connackSent) this.#resume();
    else this.#drain();
    return 0;
  }

  #drain(): void {
    this.#isReading = true;
    this.#attempt(() => {
      for (let next = this.#arrived.shift(); next !== undefined; next = this.#arrived.shift())
        this.#wire.feed(next);
    });
    this.#isReading = false;
  }

  /** The CONNECT was answered: what came behind it goes first. */
  #resume(): void {
    this.#isReading = true;
    this.#attempt(() => this.#wire.resume());
    this.#drain();
  }

  #onConnect(facts: Readonly<SessionFacts>): void {
    this.#undoTimer();
    const seconds = imposedKeepalive(facts, this.#options.limits);
    if (seconds !== undefined) this.#parts._serverKeepAlive = seconds;
  }

  #count(type: number): void {
    const { counters } = this.#options;
    const { traffic } = this.#connection;
    counters.packetsReceived++;
    traffic.packetsReceived++;
    if (type === packetType.disconnect) this.#connection.endsBy('left');
    if (type !== packetType.publish) return;
    counters.publishesReceived++;
    traffic.publishesReceived++;
  }

  #armConnectTimer(): void {
    const { clock, limits, counters } = this.#options;
    this.#undoTimer = clock.after(limits.connectMs, () => {
      counters.connectTimeouts++;
      this.#wire.end();
      this.#fail(new Error('no whole CONNECT in time'));
    });
    this.#connection.stream.once('close', () => this.#undoTimer());
  }

  /** MQTT 3 knows no reason but in a CONNACK; there a fault just closes. */
  #refuse(fault: WireFault, isStranger: boolean): void {
    const { clock, counters, onRefused } = this.#options;
    const client = this.#client;
    const error = new Error(fault.text);
    this.#connection.endsBy('protocol-error');
    counters.malformed++;
    const answer = isStranger ? connackOf(fault, this.#wire.facts.version) : undefined;
    if (answer !== undefined) this.#dismiss(answer, error);
    else if (client.version === 5 && client.connected) {
      onRefused(client, error);
      lingerOnce(this.#connection.stream, clock);
      client.disconnect({ reasonCode: fault.reasonCode });
    } else this.#fail(error);
  }

  /** What still comes is read and dropped meanwhile, or the reset of the connection could overtake the answer. */
  #dismiss(answer: Buffer, error: Error): void {
    const { clock, onRefused } = this.#options;
    onRefused(this.#client, error);
    this.#undoTimer();
    this.#undoTimer = clock.after(farewellMs, () => this.#fail(error));
    this.#connection.stream.end(answer);
  }

  #attempt(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#arrived.length = 0;
      this.#wire.end();
      this.#connection.endsBy('protocol-error');
      this.#options.onCaught(this.#connection, error);
      this.#fail(error instanceof Error ? error : new Error(messageOf(error)));
    }
  }

  #fail(error: Error): void {
    this.#client.emit('error', error);
  }
}
