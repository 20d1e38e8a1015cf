// The express application of one door: headers, API, documents, metrics, web UI, and the problem for all the rest.
import express, { type Express, type RequestHandler } from 'express';
import type { HouseDoor } from '../api/index.ts';
import type { Clock, Ids, Logger } from '../base/index.ts';
import { accessLog } from './access-log.ts';
import { credentialsOf, type Entrance } from './actor.ts';
import { answerText } from './answer.ts';
import { apiRouter } from './api-router.ts';
import { authority } from './authority.ts';
import { httpError } from './errors.ts';
import { hooksRouter } from './hooks.ts';
import { type Metrics, metricsType } from './metrics.ts';
import { type Mount, mountOf } from './mount.ts';
import type { ApiDocuments } from './openapi/documents.ts';
import { pluginRequestsRouter } from './plugin-requests.ts';
import { problemHandler } from './problem-handler.ts';
import { routeTable } from './route-table.ts';
import { securityHeaders } from './security-headers.ts';
import type { WebFiles } from './web-files.ts';
import { webUi } from './web-ui.ts';

export interface AppOptions {
  readonly door: HouseDoor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly documents: ApiDocuments;
  readonly metrics: Metrics;
  readonly mounts: readonly Mount[];
  readonly webFiles: WebFiles;
  readonly authority: string | undefined;
}

const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  next();
};

/** The raw path decides, as it does for upgrades and for whoever answers. */
function mounted(mounts: readonly Mount[], entrance: Entrance): RequestHandler {
  return async (request, response, next) => {
    const mount = mountOf(mounts, request.url.split('?', 1)[0] ?? '');
    if (mount === undefined) next();
    else await mount.handle({ request, response, credentials: credentialsOf(entrance, request) });
  };
}

const nothingHere: RequestHandler = (request) => {
  throw httpError('path-missing', `there is nothing at ${request.method} ${request.path.slice(0, 200)}`);
};

function bareApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  return app;
}

export function makeApp(options: AppOptions, entrance: Entrance): Express {
  const { door, clock, ids, log, documents, metrics, mounts, webFiles } = options;
  const app = bareApp();
  app.use(accessLog(log, clock));
  app.use(setSecurityHeaders);
  app.use(mounted(mounts, entrance));
  app.use('/api/v1', apiRouter({ door, entrance, routes: routeTable, documents }));
  app.use('/hooks', hooksRouter(door));
  app.use('/plugins', pluginRequestsRouter(door, entrance));
  app.get('/api/docs', (_request, response) => answerText(response, 'text/html', documents.page));
  app.get('/metrics', (request, response) => {
    const actor = door.entry.identify(credentialsOf(entrance, request));
    response.setHeader('Cache-Control', 'no-store');
    answerText(response, metricsType, metrics.text(door.as(actor)));
  });
  app.get('/ca.pem', authority(options.authority));
  app.use(webUi(webFiles));
  app.use(nothingHere);
  app.use(problemHandler(log, ids));
  return app;
}
