// A service on a real socket: keeps what it was sent and answers as it was told to.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Seen } from '../plugin-house.ts';

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, anything else as JSON; `hang up` ends the connection, `silence` never answers. */
  readonly body?: unknown;
  readonly does?: 'hang up' | 'silence';
}

export class HttpPeer {
  readonly posted = new Seen<Posted>();
  readonly #server: Server;
  readonly #replies: Reply[] = [];
  readonly #usual: Reply;

  private constructor(usual: Reply) {
    this.#usual = usual;
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        this.#answer(response);
        const { url: path = '', headers } = request;
        this.posted.add({ path, headers, body: JSON.parse(text) });
      });
    });
  }

  static async start(usual: Reply = {}): Promise<HttpPeer> {
    const peer = new HttpPeer(usual);
    peer.#server.listen(0, '127.0.0.1');
    await once(peer.#server, 'listening');
    return peer;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The next answers, one request each; then the usual one. */
  next(...replies: readonly Reply[]): void {
    this.#replies.push(...replies);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(response: ServerResponse): void {
    const { status = 200, headers = {}, body = '', does } = this.#replies.shift() ?? this.#usual;
    if (does === 'silence') return;
    if (does === 'hang up') {
      response.destroy();
      return;
    }
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}
