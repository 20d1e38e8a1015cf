// TLS over sockets that are accepted already, and the name in a client's certificate. The certificate may change at
// any time: connections that are open keep theirs.
import { constants } from 'node:crypto';
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls';
import { messageOf } from '../../base/index.ts';
import type { TlsOptions } from '../options.ts';
import type { Visitor } from './arrival.ts';

export type OnSecure = (stream: TLSSocket, visitor: Visitor) => void;

interface Waiting {
  readonly visitor: Visitor;
  readonly onSecure: OnSecure;
}

export interface TlsStageOptions
  extends Pick<TlsOptions, 'requestCertificate' | 'requireCertificate' | 'useIdentityAsUsername'> {
  readonly onFailed: (visitor: Visitor, reason: string) => void;
}

type Peer = Pick<TLSSocket, 'remoteAddress' | 'remotePort' | 'localPort'>;

/** One connection of all that are open; TLS hides the socket that it was given. */
const keyOf = (peer: Peer): string => `${peer.remoteAddress}|${peer.remotePort}|${peer.localPort}`;

/** What could not stand as a user name in a topic or in a file of access rules. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const unfitName = /[+#/:\u0000-\u001f\u007f-\u009f\ufffd]/;

/** A name with several values is no name. */
function commonName(stream: TLSSocket): string | undefined {
  const name: unknown = stream.getPeerCertificate().subject?.CN;
  return typeof name === 'string' && name !== '' && !unfitName.test(name) ? name : undefined;
}

export class TlsStage {
  readonly #options: TlsStageOptions;
  readonly #server: Server;
  readonly #waiting = new Map<string, Waiting>();
  #isReady = false;

  constructor(options: TlsStageOptions) {
    this.#options = options;
    this.#server = createServer({ requestCert: this.#asksForCertificate, rejectUnauthorized: false });
    this.#server.on('secureConnection', (stream) => this.#onSecure(stream));
    this.#server.on('tlsClientError', (error, stream) => this.#onFailed(stream, messageOf(error)));
  }

  /** Whether it has a certificate. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** For handshakes from now on. Throws when key and certificate do not fit. */
  use(material: SecureContextOptions): void {
    // A resumed session would bring the verdict on a certificate along that no longer holds.
    const secureOptions = this.#asksForCertificate ? constants.SSL_OP_NO_TICKET : 0;
    this.#server.setSecureContext({ ...material, minVersion: 'TLSv1.2', secureOptions });
    this.#isReady = true;
  }

  accept(visitor: Visitor, onSecure: OnSecure): void {
    const { socket } = visitor;
    const key = keyOf(socket);
    this.#waiting.set(key, { visitor, onSecure });
    socket.once('close', () => {
      if (this.#waiting.get(key)?.visitor !== visitor) return;
      this.#waiting.delete(key);
      this.#options.onFailed(visitor, 'ended before TLS was agreed upon');
    });
    this.#server.emit('connection', socket);
  }

  get #asksForCertificate(): boolean {
    return this.#options.requestCertificate === true || this.#options.requireCertificate === true;
  }

  #onSecure(stream: TLSSocket): void {
    const key = keyOf(stream);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting === undefined) {
      stream.destroy();
      return;
    }
    stream.on('error', () => stream.destroy());
    const { visitor, onSecure } = waiting;
    const fault = this.#certificateFault(stream);
    if (fault === undefined) {
      const name = this.#options.useIdentityAsUsername === true ? commonName(stream) : undefined;
      onSecure(stream, name === undefined ? visitor : { ...visitor, certifiedName: name });
      return;
    }
    this.#options.onFailed(visitor, fault);
    stream.destroy();
  }

  /** A certificate that cannot be verified is refused even where none is required. */
  #certificateFault(stream: TLSSocket): string | undefined {
    if (!this.#asksForCertificate) return undefined;
    const hasOne = stream.getPeerX509Certificate() !== undefined;
    if (!hasOne) {
      return this.#options.requireCertificate === true ? 'came without a client certificate' : undefined;
    }
    if (!stream.authorized) return `its client certificate is not valid: ${stream.authorizationError}`;
    const isUnfit = this.#options.useIdentityAsUsername === true && commonName(stream) === undefined;
    return isUnfit ? 'the common name of its client certificate cannot be a user name' : undefined;
  }

  #onFailed(stream: TLSSocket, reason: string): void {
    const key = keyOf(stream);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting !== undefined) this.#options.onFailed(waiting.visitor, `TLS failed: ${reason}`);
    stream.destroy();
  }
}
