// One attempt at a live connection: the WebSocket, the wait for `hello`, pings. It ends once, with a reason, and is
// never used again; `live-link.ts` makes the next one.
import { WebSocket } from 'ws';
import type { LiveEvent, LiveRequest } from '../../../../src/api/contract.ts';
import type { Clock, Undo } from './clock.ts';
import { freeze } from './freeze.ts';
import type { Home } from './home.ts';

export interface LiveSocketOptions {
  readonly home: Home;
  readonly clock: Clock;
  readonly onEvent: (event: LiveEvent) => void;
  /** Called once. */
  readonly onEnd: (reason: string) => void;
}

const helloWithinMs = 10_000;
const pingEveryMs = 20_000;
/** Of one batch; the house sends at most 256 K characters. */
const largestMessage = 16 * 1024 * 1024;

export class LiveSocket {
  readonly #options: LiveSocketOptions;
  readonly #socket: WebSocket;
  #disarm: Undo;
  #isAlive = true;
  #hasEnded = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    const { home, clock } = options;
    this.#socket = new WebSocket(`${home.url.replace(/^http/, 'ws')}/api/v1/live`, {
      perMessageDeflate: false,
      handshakeTimeout: helloWithinMs,
      maxPayload: largestMessage,
      headers: home.token === undefined ? {} : { authorization: `Bearer ${home.token}` },
    });
    this.#disarm = clock.after(helloWithinMs, () => this.end('the house did not say hello in time'));
    this.#socket.on('message', (data) => this.#hear(String(data)));
    this.#socket.on('pong', () => {
      this.#isAlive = true;
    });
    this.#socket.on('unexpected-response', (_request, { statusCode }) =>
      this.end(statusCode === 401 ? 'the house refuses this token' : `the house answered ${statusCode}`),
    );
    this.#socket.on('error', (error) => this.end(error.message));
    this.#socket.on('close', (code, words) => this.end(String(words) || `closed with ${code}`));
  }

  send(request: LiveRequest): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  end(reason: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#disarm();
    this.#socket.terminate();
    this.#options.onEnd(reason);
  }

  #hear(text: string): void {
    if (this.#hasEnded) return;
    const event = this.#parse(text);
    if (event === undefined) return;
    if (event.op === 'hello') this.#armPing();
    this.#options.onEvent(event);
  }

  #parse(text: string): LiveEvent | undefined {
    try {
      return freeze(JSON.parse(text) as LiveEvent);
    } catch (error) {
      this.end(`the house said what is not JSON: ${String(error)}`);
      return undefined;
    }
  }

  /** Whoever does not answer a ping before the next one is gone, whatever TCP says. */
  #armPing(): void {
    this.#disarm();
    this.#isAlive = false;
    this.#socket.ping();
    this.#disarm = this.#options.clock.after(pingEveryMs, () => {
      if (this.#isAlive) this.#armPing();
      else this.end('the house does not answer pings');
    });
  }
}
