// What is asked of Node-RED over the API, and what its flows ask.
import { flowCallRouteCases } from './flow-call-route-cases.ts';
import type { RouteCase } from './route-cases.ts';

export const flowRouteCases: readonly RouteCase[] = [
  ...flowCallRouteCases,
  { ask: 'GET /flows', status: 200, has: { state: 'running', version: '5.0.7' } },
  {
    ask: 'POST /flows/start',
    status: 200,
    has: { state: 'running' },
    called: { what: 'flows.start', args: [{}] },
  },
  {
    ask: 'POST /flows/start',
    body: { safe: true },
    status: 200,
    has: { state: 'safe' },
    called: { what: 'flows.start', args: [{ safe: true }] },
  },
  { ask: 'POST /flows/start', body: { safe: 'yes' }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /flows/stop',
    status: 200,
    has: { state: 'stopped' },
    called: { what: 'flows.stop', args: [] },
  },
  {
    ask: 'POST /flows/restart',
    status: 200,
    has: { restarts: 1 },
    called: { what: 'flows.restart', args: [{}] },
  },
  { ask: 'GET /flows/versions', status: 200, has: { items: [{ version: 2, diff: [{ id: 'n1' }] }, {}] } },
  { ask: 'GET /flows/versions/2', status: 200, has: { version: 2, flows: [{ id: 'n1' }] } },
  { ask: 'GET /flows/versions/last', status: 400, has: { code: 'bad-path' } },
  {
    ask: 'POST /flows/versions/2/restore',
    body: { rev: 'abc' },
    status: 200,
    has: { state: 'running' },
    called: { what: 'flows.restore', args: ['2', { rev: 'abc' }] },
  },
];
