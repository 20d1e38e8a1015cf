// One request and its answer over a connection of its own, to an address that was checked; everything has a bound.
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { HomeruleError, request as httpRequest, messageOf } from '../base/index.ts';
import { fail } from './errors.ts';
import { type Address, hostOf, pinned } from './resolve.ts';

export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly addresses: readonly Address[];
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Of a body, packed and unpacked. */
export const maxReplyBytes = 1_048_576;

const unpackers: Readonly<Record<string, (packed: Buffer, options: object) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

function tooLarge(host: string): Error {
  return fail('http-too-large', `the answer of "${host}" is larger than 1 MB`);
}

function open({ url, method, headers, addresses, signal }: Exchange): ClientRequest {
  const { username, password, protocol, port, pathname, search } = url;
  const make = protocol === 'https:' ? httpsRequest : httpRequest;
  try {
    const auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return make({
      host: hostOf(url),
      ...(port !== '' && { port }),
      path: pathname + search,
      method,
      headers: { 'user-agent': 'homerule', accept: '*/*', ...headers, 'accept-encoding': 'identity' },
      ...(username + password !== '' && { auth }),
      lookup: pinned(addresses),
      agent: false,
      signal,
    });
  } catch (error) {
    throw fail('http-bad-request', `this cannot be sent: ${messageOf(error)}`, { cause: error });
  }
}

async function readBody(response: IncomingMessage, host: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxReplyBytes) throw tooLarge(host);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Servers may pack what was asked for unpacked; a small body that unpacks without end is cut off. */
async function unpack(body: Buffer, response: IncomingMessage, host: string): Promise<Buffer> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '' || body.length === 0) return body;
  const unpacker = unpackers[encoding];
  if (unpacker === undefined)
    throw fail('http-failed', `the answer of "${host}" is packed as "${encoding.slice(0, 40)}"`);
  try {
    return await unpacker(body, { maxOutputLength: maxReplyBytes });
  } catch (error) {
    const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isLarge) throw tooLarge(host);
    throw fail('http-failed', `the answer of "${host}" cannot be unpacked`, { cause: error });
  }
}

function answered(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
}

/** Whether nothing was sent, because there was no connection. */
function isUnreached(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL'].includes(code);
}

function failure(error: unknown, host: string): Error {
  if (error instanceof HomeruleError) return error;
  const code = isUnreached(error) ? 'http-unreachable' : 'http-failed';
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  return fail(code, `"${host}" did not answer: ${messageOf(cause)}`, { cause: error });
}

/** Throws the errors of this room; nothing of the connection is left behind. */
export async function exchange(options: Exchange): Promise<HttpReply> {
  const { url, body, signal } = options;
  const host = hostOf(url);
  const request = open(options);
  try {
    request.end(body);
    const response = await answered(request);
    const packed = await readBody(response, host);
    const { statusCode = 0, headers } = response;
    return { status: statusCode, headers, body: await unpack(packed, response, host) };
  } catch (error) {
    throw signal.aborted ? signal.reason : failure(error, host);
  } finally {
    request.destroy();
  }
}
