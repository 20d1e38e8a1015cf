// A whole HTTP answer on a bare socket: for upgrades that are refused and requests that cannot be parsed.
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from '../base/index.ts';
import { problemDocument, problemType } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

export interface RawProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Writes the problem and ends our side; the caller sees to it that the socket closes in time. */
export function answerRaw(socket: Duplex, problem: RawProblem): void {
  const body = JSON.stringify(problemDocument(problem.status, problem.code, problem.message));
  const headers = {
    ...securityHeaders,
    'Content-Type': problemType,
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}`;
  socket.end([status, ...lines, '', body].join('\r\n'));
}
