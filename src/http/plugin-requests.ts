// `/plugins/ID/…`: answered by plugins, for whoever the plugin asks for. What they say is data, never a page of the house.
import express, { type Request, type Router } from 'express';
import type { HouseDoor, PluginHttpRequest } from '../api/index.ts';
import { credentialsOf, type Entrance } from './actor.ts';
import { answerText } from './answer.ts';
import { bodyText } from './body.ts';
import { decodedPath } from './decoded-path.ts';
import { httpError } from './errors.ts';

const maxPluginBytes = 262_144;

/** Were a browser to take an answer for a page all the same, nothing in it would run or be the house's. */
const contentSecurityPolicy = "sandbox; default-src 'none'";

const methods: Readonly<Record<string, PluginHttpRequest['method']>> = {
  GET: 'GET',
  HEAD: 'GET',
  POST: 'POST',
  PUT: 'PUT',
  DELETE: 'DELETE',
};

function queryOf({ query }: Request): Readonly<Record<string, string>> {
  const pairs = Object.entries(query).map(([name, value]) => [
    name,
    String(Array.isArray(value) ? value[0] : value),
  ]);
  return Object.fromEntries(pairs);
}

function methodOf(request: Request): PluginHttpRequest['method'] {
  const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (method !== undefined) return method;
  throw httpError('method-not-allowed', `expected ${Object.keys(methods).join(', ')}, not ${request.method}`);
}

export function pluginRequestsRouter(door: HouseDoor, entrance: Entrance): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(express.raw({ type: () => true, limit: maxPluginBytes, inflate: false }));
  router.use(async (request, response, next) => {
    const [, id, path = '/'] = /^\/([^/]+)(\/.*)?$/s.exec(decodedPath(request)) ?? [];
    if (id === undefined) return next();
    const actor = door.entry.identify(credentialsOf(entrance, request));
    const asked = { method: methodOf(request), path, query: queryOf(request), body: bodyText(request) };
    const { status, type, text } = await door.as(actor).plugins.answer(actor, id, asked);
    response.status(status);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.setHeader('Cache-Control', 'no-store');
    if (text === '') response.end();
    else answerText(response, type, text);
  });
  return router;
}
