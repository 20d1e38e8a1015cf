// An HttpServer on a free port with a fake Api behind it, and ways to speak to it as no client library would.
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../src/base/index.ts';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { HttpServer, type HttpServerOptions } from '../../src/http/index.ts';
import { FakeApi } from './fake-api.ts';

export interface LogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly fields: Record<string, unknown>;
  readonly text: string;
}

export function recordingLogger(lines: LogLine[]): Logger {
  const at = (level: LogLine['level']) => (fields: object, text: string) => {
    lines.push({ level, fields: { ...fields }, text });
  };
  return { ...silentLogger, error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

export interface HttpHouse {
  readonly api: FakeApi;
  readonly server: HttpServer;
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly socketPath: string;
  readonly webDir: string;
  readonly log: LogLine[];
  stop(): Promise<void>;
}

export async function startHttpHouse(more: Partial<HttpServerOptions> = {}): Promise<HttpHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'homerule-http-'));
  const api = new FakeApi();
  const log: LogLine[] = [];
  const socketPath = join(folder, 'run', 'homerule.sock');
  const webDir = more.webDir ?? join(folder, 'web');
  const server = new HttpServer({
    door: api,
    host: '127.0.0.1',
    port: 0,
    socketPath,
    webDir,
    gate: { hosts: ['panel.example'], origins: ['https://panel.example'], machine: 'attic' },
    upgrades: {},
    mounts: [],
    clock: new SystemClock(),
    log: recordingLogger(log),
    version: '0.1.0',
    ...more,
  });
  await server.start(new AbortController().signal);
  const port = server.port ?? 0;
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { api, server, port, url: `http://127.0.0.1:${port}`, folder, socketPath, webDir, log, stop };
}

/** Writes bytes as they are and gives back all that comes until the other side ends, or `isEnough`. */
export function exchange(
  where: { port: number } | { path: string },
  text: string | Buffer,
  isEnough: (reply: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = 'port' in where ? { port: where.port, host: '127.0.0.1' } : { path: where.path };
    const socket = connect(options, () => socket.write(text));
    let reply = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      reply += chunk;
      if (isEnough(reply)) socket.destroy();
    });
    socket.on('close', () => resolve(reply));
    socket.on('error', (error) => (reply === '' ? reject(error) : undefined));
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly socketPath?: string;
}

/** Like curl --path-as-is: the path is sent as given, nothing is decoded. */
export function ask(house: Pick<HttpHouse, 'port'>, path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, socketPath } = options;
  const where = socketPath === undefined ? { host: '127.0.0.1', port: house.port } : { socketPath };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...where, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

export function jsonOf(answer: Answer): Record<string, unknown> {
  return JSON.parse(answer.body.toString()) as Record<string, unknown>;
}
