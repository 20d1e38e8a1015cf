// Calls of Node-RED's admin API over its socket, in the name of somebody who may edit.
import type { FlowsRequest } from '../api/index.ts';
import { type Clock, HomeruleError, request as httpRequest } from '../base/index.ts';
import { fail } from './errors.ts';
import { sign, userHeader } from './signed-user.ts';

export interface AdminOptions {
  readonly socket: string;
  readonly key: string;
  readonly clock: Clock;
}

const timeoutMs = 30_000;
const most = 32 * 1_048_576;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** It ended meanwhile, unless we ended it. */
function lost(error: Error): HomeruleError {
  if (error instanceof HomeruleError) return error;
  return fail('flows-unavailable', `Node-RED did not answer: ${error.message}`, { cause: error });
}

function exchange({ socket, key, clock }: AdminOptions, asked: FlowsRequest): Promise<Answer> {
  const { method, path, body, by, deploy } = asked;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    [userHeader]: sign({ name: by, may: 'edit' }, key, clock.now()),
    'node-red-api-version': 'v2',
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(deploy !== undefined && { 'node-red-deployment-type': deploy }),
  };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const request = httpRequest({ socketPath: socket, agent: false, method, path: `/red${path}`, headers });
    const undo = clock.after(timeoutMs, () =>
      request.destroy(fail('flows-timeout', `Node-RED did not answer within ${timeoutMs / 1000} s`)),
    );
    request.once('close', undo);
    request.once('error', (error) => reject(lost(error)));
    request.once('response', (response) => {
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) request.destroy(fail('flows-refused', 'the answer of Node-RED is too large'));
        else chunks.push(chunk);
      });
      response.once('error', (error) => reject(lost(error)));
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
    request.end(text);
  });
}

/** What it answers as JSON; undefined for nothing. Throws `flows-changed`, `flows-refused`, `flows-timeout`. */
export async function askAdmin(options: AdminOptions, asked: FlowsRequest): Promise<unknown> {
  const { status, text } = await exchange(options, asked);
  if (status === 409)
    throw fail('flows-changed', 'somebody deployed other flows meanwhile; look at those first');
  if (status >= 400) {
    const words = text.slice(0, 500);
    throw fail('flows-refused', `Node-RED answered ${asked.method} ${asked.path} with ${status}: ${words}`);
  }
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  return value;
}
