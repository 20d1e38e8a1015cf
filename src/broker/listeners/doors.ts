// Where clients come in: TCP, TLS, WebSocket, a unix socket, and upgrades of another HTTP server. Tells who was turned
// away.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, type GateOptions, isLoopback, type Logger, messageOf } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import { ConnectRate } from '../guard/connect-rate.ts';
import type { BrokerLimits, BrokerOptions, Endpoint, TlsOptions } from '../options.ts';
import type { ClientEvent } from '../ports.ts';
import { Anteroom } from './anteroom.ts';
import type { Arrival, Transport, Visitor } from './arrival.ts';
import { CertificateFiles, type TlsMaterial } from './certificate-files.ts';
import type { BoundAddress, ListenerName } from './listen.ts';
import { SocketListener } from './socket-listener.ts';
import { Throttle } from './throttle.ts';
import { TlsStage } from './tls-stage.ts';
import { TrustedPeers } from './trusted-peers.ts';
import { WebSocketStage } from './websocket-stage.ts';

/** Where the broker really listens; absent when that listener is off. */
export interface BrokerAddresses {
  readonly mqtt?: BoundAddress;
  readonly mqtts?: BoundAddress;
  readonly ws?: BoundAddress;
  readonly wss?: BoundAddress;
  /** Path of the unix socket. */
  readonly unix?: string;
}

export interface DoorsOptions {
  readonly listeners: BrokerOptions['listeners'];
  readonly tls: TlsOptions | undefined;
  /** Addresses and networks of proxies that send PROXY headers. */
  readonly trustedProxies: readonly string[];
  readonly gate: GateOptions;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether anybody from there may connect at all; who it is is seen at the CONNECT. */
  readonly mayEnter: (isLocal: boolean) => boolean;
  readonly onArrival: (arrival: Arrival) => void;
  readonly onEvent: (event: ClientEvent) => void;
}

type PortName = 'mqtt' | 'mqtts' | 'ws' | 'wss';

const names: Readonly<Record<PortName, ListenerName>> = {
  mqtt: { name: 'MQTT', flag: '--mqtt-port' },
  mqtts: { name: 'MQTT over TLS', flag: 'mqtts.port in homerule.yaml' },
  ws: { name: 'MQTT over WebSocket', flag: '--ws-port' },
  wss: { name: 'MQTT over WebSocket and TLS', flag: 'wss.port in homerule.yaml' },
};

const foreign = 'only this machine itself may connect until there is a user';

export class Doors {
  readonly #options: DoorsOptions;
  readonly #throttle: Throttle;
  readonly #rate: ConnectRate;
  readonly #anteroom: Anteroom;
  readonly #trusted: TrustedPeers;
  readonly #doors: Readonly<Record<PortName | 'unix', SocketListener>>;
  readonly #webSocket: WebSocketStage;
  readonly #tls: TlsStage | undefined;
  readonly #certificate: CertificateFiles | undefined;
  #addresses: BrokerAddresses = {};
  #isOpen = false;

  constructor(options: DoorsOptions) {
    const { limits, counters, gate, clock, mayEnter, tls, log } = options;
    this.#options = options;
    this.#throttle = new Throttle(clock);
    this.#rate = new ConnectRate(clock);
    this.#trusted = new TrustedPeers(options.trustedProxies);
    this.#anteroom = new Anteroom(clock, limits.connectMs, () => {
      counters.connectTimeouts++;
    });
    this.#webSocket = new WebSocketStage({
      gate,
      packetBytes: limits.packetBytes,
      mayEnter,
      onConnection: (stream, request, visitor) => this.#onUpgraded(stream, request, visitor),
      onRefused: (address, reason) => {
        counters.refusedUpgrades++;
        this.#turnAway(address, reason);
      },
    });
    if (tls !== undefined) {
      this.#tls = new TlsStage({ ...tls, onFailed: (visitor, reason) => this.#onTlsFailed(visitor, reason) });
      const use = (material: TlsMaterial): void => this.#useCertificate(material);
      this.#certificate = new CertificateFiles({ tls, clock, log, use });
    }
    const overTcp = (visitor: Visitor): void => this.#arrive(visitor, visitor.socket);
    const overWebSocket = (visitor: Visitor): void => this.#webSocket.accept(visitor.socket, visitor);
    this.#doors = {
      mqtt: this.#door('tcp', overTcp),
      unix: this.#door('unix', overTcp),
      ws: this.#door('ws', overWebSocket),
      mqtts: this.#door('tls', (visitor) => {
        this.#tls?.accept(visitor, (stream, known) => this.#arrive(known, stream));
      }),
      wss: this.#door('wss', (visitor) => {
        this.#tls?.accept(visitor, (stream, known) => this.#webSocket.accept(stream, known));
      }),
    };
  }

  get addresses(): BrokerAddresses {
    return this.#addresses;
  }

  /** Listeners with TLS open as soon as there is a certificate that can be used, now or later. */
  async open(): Promise<void> {
    const { mqtt, ws, unix } = this.#options.listeners;
    await this.#openPort('mqtt', mqtt);
    await this.#openPort('ws', ws);
    if (unix !== undefined) {
      await this.#doors.unix.openPath(unix);
      this.#addresses = { ...this.#addresses, unix };
    }
    await this.#certificate?.start();
    await this.#openTls();
    this.#isOpen = true;
  }

  /** Takes the certificate from its files anew, if they changed. */
  async reload(): Promise<void> {
    await this.#certificate?.reload();
  }

  close(): void {
    this.#isOpen = false;
    this.#certificate?.stop();
    for (const door of Object.values(this.#doors)) door.close();
    this.#anteroom.clear();
    this.#addresses = {};
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#webSocket.handOver(request, socket, head);
  }

  #door(transport: Transport, onVisitor: (visitor: Visitor) => void): SocketListener {
    const { limits, counters } = this.#options;
    return new SocketListener({
      transport,
      connections: limits.connections,
      trusted: this.#trusted,
      anteroom: this.#anteroom,
      admits: (visitor) => this.#admits(visitor),
      onVisitor,
      onBadProxy: (address) => {
        counters.refusedProxies++;
        this.#turnAway(address, 'a trusted proxy sent no PROXY header');
      },
      onFull: () => {
        counters.refusedFull++;
        this.#turnAway('', 'too many connections');
      },
    });
  }

  async #openPort(name: PortName, endpoint: Endpoint | undefined): Promise<void> {
    const door = this.#doors[name];
    if (endpoint === undefined || door.isOpen) return;
    this.#addresses = { ...this.#addresses, [name]: await door.open(endpoint, names[name]) };
  }

  #useCertificate(material: TlsMaterial): void {
    const { log } = this.#options;
    this.#tls?.use(material);
    if (!this.#isOpen) return;
    this.#openTls().catch((error: unknown) =>
      log.error({ error: messageOf(error) }, 'TLS listeners stay closed'),
    );
  }

  async #openTls(): Promise<void> {
    if (this.#tls?.isReady !== true) return;
    const { mqtts, wss } = this.#options.listeners;
    await this.#openPort('mqtts', mqtts);
    await this.#openPort('wss', wss);
  }

  /** WebSocket clients from elsewhere are told by the gate, in HTTP; a certificate that must be shown is seen by TLS. */
  #admits({ address, isLocal, transport }: Visitor): boolean {
    const { counters, mayEnter, tls } = this.#options;
    const isNamedLater = tls?.requireCertificate === true && tls.useIdentityAsUsername === true;
    const isLookedAtLater =
      transport === 'ws' || transport === 'wss' || (transport === 'tls' && isNamedLater);
    if (!isLookedAtLater && !mayEnter(isLocal)) {
      counters.refusedPeers++;
      this.#turnAway(address, foreign);
      return false;
    }
    return this.#isCalm(address, isLocal);
  }

  #isCalm(address: string, isLocal: boolean): boolean {
    const { limits, counters } = this.#options;
    const perSecond = isLocal ? limits.localConnectsPerSecond : limits.connectsPerSecond;
    if (this.#rate.admits(address, perSecond)) return true;
    counters.refusedRate++;
    this.#turnAway(address, 'too many connections in a second');
    return false;
  }

  #arrive(visitor: Visitor, stream: Duplex): void {
    this.#anteroom.leave(visitor.socket);
    this.#options.onArrival({ ...visitor, stream, socket: stream });
  }

  #onUpgraded(stream: Duplex, request: IncomingMessage, visitor: Visitor | undefined): void {
    const { onArrival } = this.#options;
    const { socket } = request;
    if (visitor !== undefined) {
      this.#anteroom.leave(visitor.socket);
      onArrival({ ...visitor, stream, socket, request });
      return;
    }
    const address = socket.remoteAddress ?? '';
    const isLocal = address === '' || isLoopback(address);
    if (this.#isCalm(address, isLocal))
      onArrival({ address, isLocal, transport: 'ws', stream, socket, request });
    else stream.destroy();
  }

  #onTlsFailed({ address }: Visitor, reason: string): void {
    this.#options.counters.tlsFailed++;
    this.#turnAway(address, reason);
  }

  #turnAway(address: string, reason: string): void {
    const { log, clock, onEvent } = this.#options;
    if (this.#throttle.admits(address)) log.warn({ address, reason }, 'connection refused');
    onEvent({ kind: 'refused', reason, at: clock.now(), address });
  }
}
