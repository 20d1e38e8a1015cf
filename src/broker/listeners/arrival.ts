// What is known of a peer before its first byte of MQTT.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export type Transport = 'tcp' | 'tls' | 'ws' | 'wss' | 'unix';

/** A peer that was let through a door. */
export interface Visitor {
  /** Where it comes from, as its proxy says if it came through a trusted one; empty on a unix socket. */
  readonly address: string;
  /** Whether it is this machine itself; never when it came through a proxy. */
  readonly isLocal: boolean;
  readonly transport: Transport;
  /** The socket that was accepted, under whatever speaks over it. */
  readonly socket: Socket;
  /** The name in its certificate, which was verified; only where such names count. */
  readonly certifiedName?: string;
}

/** A visitor whose stream speaks MQTT from now on. */
export interface Arrival extends Omit<Visitor, 'socket'> {
  readonly stream: Duplex;
  /** The socket whose bytes are those of the stream, but for what WebSocket adds. */
  readonly socket: Duplex;
  readonly request?: IncomingMessage;
}
