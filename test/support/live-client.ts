// A WebSocket client that keeps what it hears, so that tests wait for events and never for time.
import { type ClientOptions, WebSocket } from 'ws';
import type { LiveEvent, LiveItems, LiveRequest } from '../../src/api/index.ts';

export interface Heard {
  readonly op: LiveEvent['op'];
  readonly id?: string;
  readonly code?: string;
  readonly version?: string;
  readonly lagged?: number;
  readonly items?: readonly LiveItems[keyof LiveItems][];
}

export class LiveClient {
  readonly socket: WebSocket;
  readonly heard: Heard[] = [];
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;
  #read = 0;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.on('message', (data) => {
      this.heard.push(JSON.parse(data.toString()) as Heard);
      this.#wake();
    });
  }

  /** The status of a refused upgrade. */
  refused(): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.socket.on('error', () => undefined);
      this.socket.once('unexpected-response', (request, response) => {
        resolve(response.statusCode);
        request.destroy();
      });
    });
  }

  /** The next event that was not read yet. */
  async next(): Promise<Heard> {
    for (;;) {
      const event = this.heard[this.#read];
      if (event !== undefined) {
        this.#read++;
        return event;
      }
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        void this.closed.then((code) => reject(new Error(`closed with ${code}`)));
      });
    }
  }

  send(request: LiveRequest | string | object): void {
    this.socket.send(typeof request === 'string' ? request : JSON.stringify(request));
  }

  async ask(request: LiveRequest | string | object): Promise<Heard> {
    this.send(request);
    return await this.next();
  }
}
