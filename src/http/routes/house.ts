// Whether the house lives, is ready, and how it is.
import { httpError } from '../errors.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const health = route({
  ...noInput,
  method: 'get',
  path: '/health',
  tag: 'house',
  summary: 'The process answers',
  success: { status: 200, view: 'Health' },
  handle: () => ok({ status: 'ok' }),
});

const ready = route({
  ...noInput,
  method: 'get',
  path: '/ready',
  tag: 'house',
  summary: 'Rules are loaded and the listeners are open; 503 until then',
  success: { status: 200, view: 'Health' },
  handle: ({ api }) => {
    if (!api.isReady()) throw httpError('not-ready', 'the house is still starting');
    return ok({ status: 'ready' });
  },
});

const system = route({
  ...noInput,
  method: 'get',
  path: '/system',
  tag: 'house',
  summary: 'Versions, listeners and counters',
  success: { status: 200, view: 'SystemView' },
  handle: ({ api }) => ok(api.system()),
});

export const houseRoutes: readonly Route[] = [health, ready, system];
