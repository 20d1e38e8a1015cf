// One request to Node-RED and its answer back, as they come: nothing is read, kept or changed on the way but headers.
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { type Clock, request as httpRequest } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Exchange } from './exchange.ts';
import { type Onward, towardsBrowser, towardsNodeRed } from './headers.ts';

export interface ForwardOptions extends Onward {
  readonly socketPath: string;
  readonly clock: Clock;
  /** Until the answer begins; none: as long as it takes. */
  readonly timeoutMs?: number;
}

/**
 * How the body ends is of each connection. Without `keep-alive` Node-RED closes its side behind an answer that it gives before it
 * has read the body, and the rest of the body breaks on that before the answer is read.
 */
function framing({ headers }: IncomingMessage): Record<string, string> {
  const isChunked = headers['transfer-encoding'] !== undefined;
  return { connection: 'keep-alive', ...(isChunked && { 'transfer-encoding': 'chunked' }) };
}

/** Resolves when the answer is over, however it ended. Throws `flows-unavailable`, `flows-timeout` before it began. */
export function forward({ request, response }: Exchange, options: ForwardOptions): Promise<void> {
  const { socketPath, clock, timeoutMs } = options;
  const { method, url } = request;
  const headers = { ...towardsNodeRed(request.headers, options), ...framing(request) };
  return new Promise((resolve, reject) => {
    const onward = httpRequest({ socketPath, agent: false, method, path: url, headers });
    const late = fail('flows-timeout', 'the flow did not answer in time');
    const undo = timeoutMs === undefined ? undefined : clock.after(timeoutMs, () => onward.destroy(late));
    response.once('close', () => {
      undo?.();
      onward.destroy();
      resolve();
    });
    onward.once('response', (answer) => {
      undo?.();
      response.writeHead(answer.statusCode ?? 502, towardsBrowser(answer.headers));
      pipeline(answer, response, () => resolve());
    });
    onward.once('error', (error) => {
      undo?.();
      if (response.headersSent) response.destroy();
      else
        reject(
          error === late ? late : fail('flows-unavailable', 'Node-RED did not answer', { cause: error }),
        );
    });
    request.pipe(onward);
  });
}
