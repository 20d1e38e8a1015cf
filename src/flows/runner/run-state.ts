// Tells the house who stops and starts the flows by the editor's menu: Node-RED itself tells only when that failed.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LogMessage } from '../node-red.ts';
import { isPostOf } from './telemetry.ts';

/** As Node-RED's login and body parser leave it. */
interface Known extends IncomingMessage {
  readonly user?: { readonly username?: string };
  readonly body?: { readonly state?: unknown };
}

/** Middleware of the admin application. */
export function tellRunState(log: (message: LogMessage) => void) {
  return (request: Known, response: ServerResponse, next: () => void): void => {
    if (isPostOf('/flows/state', request))
      response.once('finish', () => {
        const { user = {}, body } = request;
        if (response.statusCode < 400) log({ ...stateSet, user, state: body?.state });
      });
    next();
  };
}

const stateSet = { level: 98, event: 'flows.setState', path: '/flows/state' };
