// `/hooks/NAME`: the one way in that asks for no login. Its secret is a header that no page of a browser can know.
import express, { type Router } from 'express';
import type { HouseDoor } from '../api/index.ts';

/** What the gate lets through unseen; anything else below `/hooks` is not ours. */
export const hookPath = /^\/hooks\/[\w.-]+(?:\?|$)/;

const maxHookBytes = 262_144;

export function hooksRouter(door: HouseDoor): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(express.raw({ type: () => true, limit: maxHookBytes, inflate: false }));
  router.all('/:name', async (request, response) => {
    const { method, params, socket } = request;
    await door.hooks.call({
      name: params.name,
      method,
      secret: request.get('X-Homerule-Secret'),
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      address: socket.remoteAddress ?? '',
    });
    response.setHeader('Cache-Control', 'no-store');
    response.status(202).end();
  });
  return router;
}
