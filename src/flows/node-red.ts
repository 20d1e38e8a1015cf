// The part of Node-RED that its process uses: its own types leave out half of the settings.
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface NodeRed {
  init(server: Server, settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly httpAdmin: Handler;
  readonly httpNode: Handler;
  readonly events: EventEmitter;
}

/** Of one version with which all of this was tested; package.json pins it. */
export const nodeRedVersion = '5.0.7';

/** What Node-RED gives to a log handler. */
export interface LogMessage {
  /** 10 fatal, 20 error, 30 warn, 40 info, 50 debug, 98 audit. */
  readonly level: number;
  readonly msg?: unknown;
  /** Of the node that says it. */
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  /** Of an audit message. */
  readonly event?: string;
  readonly user?: { readonly username?: string };
  readonly path?: string;
  /** That the flows were brought to. */
  readonly state?: unknown;
  readonly error?: unknown;
}
