// The cloud by its TCP protocol: lines of text, each answered in order. Its topics are apart from those of MQTT.
import { connect, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { messageOf } from '../../../src/base/index.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { commandLine, parseLine } from './tcp-lines.ts';

const connectWithinMs = 15_000;
const longestLine = 128 * 1024;
const mostUnsent = 1024 * 1024;
const usualPort = 8344;

type Answer = PromiseWithResolvers<boolean>;

export class TcpConnection implements Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #decoder = new StringDecoder('utf8');
  readonly #asked: Answer[] = [];
  #unread = '';
  #isOver = false;
  #lastError = '';

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { hostname: host, port } = new URL(options.url);
    const socket = connect({ host, port: port === '' ? usualPort : Number(port), noDelay: true });
    this.#socket = socket;
    const undo = options.clock.after(connectWithinMs, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => {
      undo();
      options.onUp();
    });
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (error) => {
      this.#lastError = messageOf(error);
    });
    socket.on('close', () => {
      undo();
      this.#closed();
    });
  }

  subscribe(topic: string): Promise<boolean> {
    const answer: Answer = Promise.withResolvers();
    if (this.#isOver) answer.reject(new Error('the connection is over'));
    else {
      this.#asked.push(answer);
      this.#send(1, { uid: this.#options.uid, topic });
    }
    return answer.promise;
  }

  unsubscribe(): boolean {
    return false;
  }

  publish(address: string, text: string): void {
    this.#send(2, { uid: this.#options.uid, topic: address, msg: text });
  }

  ping(): void {
    this.#socket.write('ping\r\n');
  }

  async end(how: 'politely' | 'now'): Promise<void> {
    this.#isOver = true;
    this.#giveUp();
    if (how === 'now') this.#socket.destroy();
    else this.#socket.destroySoon();
  }

  #send(cmd: number, fields: Readonly<Record<string, string>>): void {
    this.#socket.write(commandLine(cmd, fields));
    if (this.#socket.writableLength > mostUnsent) this.#socket.destroy(new Error('the cloud takes nothing'));
  }

  #read(bytes: Buffer): void {
    if (this.#isOver) return;
    this.#options.onHeard();
    const lines = (this.#unread + this.#decoder.write(bytes)).split('\n');
    this.#unread = lines.pop() ?? '';
    for (const line of lines) this.#take(line.replace(/\r$/, ''));
    if (this.#unread.length > longestLine) this.#socket.destroy(new Error('a line without an end'));
  }

  #take(text: string): void {
    const line = parseLine(text);
    if (line?.kind === 'message') {
      this.#options.onMessage({ topic: line.topic, text: line.text, isRetained: false });
    } else if (line?.cmd === '1') this.#asked.shift()?.resolve(line.isDone);
  }

  #closed(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#giveUp();
    this.#options.onDown(this.#lastError || 'the cloud ended the connection');
  }

  #giveUp(): void {
    for (const { reject } of this.#asked.splice(0)) reject(new Error('the connection ended'));
  }
}
