// Where clients come in: TCP, WebSocket, and upgrades of another HTTP server. Tells who was turned away.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, type GateOptions, isLoopback, type Logger } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import { ConnectRate } from '../guard/connect-rate.ts';
import type { BrokerLimits, BrokerOptions } from '../options.ts';
import type { ClientEvent } from '../ports.ts';
import type { BoundAddress } from './listen.ts';
import { TcpListener } from './tcp-listener.ts';
import { Throttle } from './throttle.ts';
import { WebSocketListener } from './websocket-listener.ts';

/** Where the broker really listens; absent when that listener is off. */
export interface BrokerAddresses {
  readonly mqtt?: BoundAddress;
  readonly ws?: BoundAddress;
}

export interface DoorsOptions {
  readonly listeners: BrokerOptions['listeners'];
  readonly gate: GateOptions;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether anybody from there may connect at all; who it is is seen at the CONNECT. */
  readonly mayEnter: (isLocal: boolean) => boolean;
  readonly onStream: (stream: Duplex, address: string, request?: IncomingMessage) => void;
  readonly onEvent: (event: ClientEvent) => void;
}

export class Doors {
  readonly #options: DoorsOptions;
  readonly #throttle: Throttle;
  readonly #rate: ConnectRate;
  readonly #tcp: TcpListener;
  readonly #webSocket: WebSocketListener;
  #addresses: BrokerAddresses = {};

  constructor(options: DoorsOptions) {
    const { limits, counters, gate, clock, mayEnter } = options;
    this.#options = options;
    this.#throttle = new Throttle(clock);
    this.#rate = new ConnectRate(clock);
    const onConnection: DoorsOptions['onStream'] = (...parts) => this.#admit(...parts);
    const onFull = (): void => {
      counters.refusedFull++;
      this.#turnAway('', 'too many connections');
    };
    this.#tcp = new TcpListener({
      connections: limits.connections,
      mayEnter,
      onConnection,
      onForeign: (address) => {
        counters.refusedPeers++;
        this.#turnAway(address, 'only this machine itself may connect until there is a user');
      },
      onFull,
    });
    this.#webSocket = new WebSocketListener({
      gate,
      connections: limits.connections,
      packetBytes: limits.packetBytes,
      mayEnter,
      onConnection,
      onRefused: (address, reason) => {
        counters.refusedUpgrades++;
        this.#turnAway(address, reason);
      },
      onFull,
    });
  }

  get addresses(): BrokerAddresses {
    return this.#addresses;
  }

  async open(): Promise<void> {
    const { mqtt, ws } = this.#options.listeners;
    if (mqtt !== undefined) this.#addresses = { mqtt: await this.#tcp.open(mqtt) };
    if (ws !== undefined) this.#addresses = { ...this.#addresses, ws: await this.#webSocket.open(ws) };
  }

  close(): void {
    this.#tcp.close();
    this.#webSocket.close();
    this.#addresses = {};
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#webSocket.upgrade(request, socket, head);
  }

  #admit(stream: Duplex, address: string, request?: IncomingMessage): void {
    const { limits, counters, onStream } = this.#options;
    const perSecond = isLoopback(address) ? limits.localConnectsPerSecond : limits.connectsPerSecond;
    if (this.#rate.admits(address, perSecond)) return onStream(stream, address, request);
    counters.refusedRate++;
    this.#turnAway(address, 'too many connections in a second');
    stream.destroy();
  }

  #turnAway(address: string, reason: string): void {
    const { log, clock, onEvent } = this.#options;
    if (this.#throttle.admits(address)) log.warn({ address, reason }, 'connection refused');
    onEvent({ kind: 'refused', reason, at: clock.now(), address });
  }
}
