// One line per request, at debug only: no queries, which may hold what nobody should read.
import type { RequestHandler } from 'express';
import type { Clock, Logger } from '../base/index.ts';

export function accessLog(log: Logger, clock: Clock): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    const startedAt = clock.monotonic();
    response.once('close', () => {
      const ms = Math.round(clock.monotonic() - startedAt);
      log.debug({ method, path, status: response.statusCode, ms }, 'request');
    });
    next();
  };
}
