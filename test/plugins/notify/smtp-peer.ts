// An SMTP server on a real socket: TLS, STARTTLS or neither, AUTH PLAIN and LOGIN, and any refusal that a test wants.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Pem } from '../../support/certificates.ts';
import { Seen } from '../plugin-house.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly text: string;
  readonly isEncrypted: boolean;
  readonly login: string;
}

export interface SmtpOptions {
  readonly security: 'tls' | 'starttls' | 'none';
  readonly pem: Pem;
  /** `PLAIN` or `LOGIN` */
  readonly auth?: string;
  /** `user:password` */
  readonly login?: string;
}

const crlf = '\r\n';
const decode = (text: string): string => Buffer.from(text, 'base64').toString();

class Session {
  readonly #peer: SmtpPeer;
  #socket: Socket;
  #buffer = '';
  #steps: ((line: string) => void)[] = [];
  #from = '';
  #to: string[] = [];
  #login = '';
  #data: string[] | undefined;

  constructor(peer: SmtpPeer, socket: Socket) {
    this.#peer = peer;
    this.#socket = socket;
    if (peer.options.security === 'tls') this.#encrypt();
    this.#listen();
    this.#say('220 peer ready');
  }

  #encrypt(): void {
    this.#socket.removeAllListeners('data');
    const secureContext = createSecureContext(this.#peer.options.pem);
    this.#socket = new TLSSocket(this.#socket, { isServer: true, secureContext });
  }

  #listen(): void {
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('data', (bytes) => {
      const lines = (this.#buffer + bytes).split(crlf);
      this.#buffer = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    });
  }

  #say(...lines: readonly string[]): void {
    this.#socket.write(lines.map((line) => line + crlf).join(''));
  }

  #hear(line: string): void {
    const step = this.#steps.shift();
    if (this.#data !== undefined) this.#hearData(this.#data, line);
    else if (step !== undefined) step(line);
    else this.#command(line);
  }

  #command(line: string): void {
    const refusal = this.#peer.refusalOf(line);
    this.#peer.heard.add(line);
    if (refusal === 'silence') return;
    if (refusal !== undefined) return this.#say(refusal);
    const [, address = ''] = /<(.*)>/.exec(line) ?? [];
    const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
    const answers: Readonly<Record<string, () => void>> = {
      EHLO: () => this.#say('250-peer', ...this.#offers(), '250 8BITMIME'),
      STARTTLS: () => {
        this.#say('220 go ahead');
        this.#encrypt();
        this.#listen();
      },
      AUTH: () => this.#authenticate(line),
      MAIL: () => {
        this.#from = address;
        this.#say('250 ok');
      },
      RCPT: () => {
        this.#to.push(address);
        this.#say('250 ok');
      },
      DATA: () => {
        this.#data = [];
        this.#say('354 go on');
      },
      QUIT: () => this.#socket.end(`221 bye${crlf}`),
    };
    (answers[verb] ?? (() => this.#say('502 not known')))();
  }

  #offers(): string[] {
    const { security, auth } = this.#peer.options;
    const isPlain = !(this.#socket instanceof TLSSocket);
    if (security === 'starttls' && isPlain) return ['250-STARTTLS'];
    return auth === undefined ? [] : [`250-AUTH ${auth}`];
  }

  #authenticate(line: string): void {
    const [, method, initial = ''] = line.split(' ');
    if (method === 'PLAIN') return this.#check(decode(initial).split('\0').slice(1).join(':'));
    this.#steps.push(
      (user) => {
        this.#login = decode(user);
        this.#say(`334 ${Buffer.from('Password:').toString('base64')}`);
      },
      (password) => this.#check(`${this.#login}:${decode(password)}`),
    );
    this.#say(`334 ${Buffer.from('Username:').toString('base64')}`);
  }

  #check(login: string): void {
    this.#login = login;
    if (login === this.#peer.options.login) this.#say('235 welcome');
    else this.#say(`535 5.7.8 authentication failed for ${login}`);
  }

  #hearData(data: string[], line: string): void {
    if (line !== '.') return void data.push(line);
    this.#data = undefined;
    const isEncrypted = this.#socket instanceof TLSSocket;
    const text = data.join('\n');
    this.#say('250 taken');
    this.#peer.mails.add({ from: this.#from, to: this.#to, text, isEncrypted, login: this.#login });
  }
}

export class SmtpPeer {
  readonly mails = new Seen<Mail>();
  /** Every command. */
  readonly heard = new Seen<string>();
  readonly options: SmtpOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #refusals: { readonly start: string; readonly answer: string }[] = [];

  private constructor(options: SmtpOptions) {
    this.options = options;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      new Session(this, socket);
    });
  }

  static async start(options: SmtpOptions): Promise<SmtpPeer> {
    const peer = new SmtpPeer(options);
    peer.#server.listen(0, '127.0.0.1');
    await once(peer.#server, 'listening');
    return peer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next command that starts like this is answered so, once; `silence` never answers. */
  refuse(start: string, answer: string): void {
    this.#refusals.push({ start, answer });
  }

  refusalOf(line: string): string | undefined {
    const at = this.#refusals.findIndex(({ start }) => line.startsWith(start));
    return at < 0 ? undefined : this.#refusals.splice(at, 1)[0]?.answer;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
