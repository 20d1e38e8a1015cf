// What the routes between rules and flows answer.
import type { RouteCase } from './route-cases.ts';

export const flowCallRouteCases: readonly RouteCase[] = [
  {
    ask: 'POST /flows/calls/c1',
    body: { ok: true, value: { watts: 70 } },
    status: 204,
    called: { what: 'flowCalls.answer', args: ['c1', { ok: true, value: { watts: 70 } }] },
  },
  {
    ask: 'POST /flows/calls/c1',
    body: { ok: false, code: 'no-forecast', message: 'the weather is away' },
    status: 204,
    called: {
      what: 'flowCalls.answer',
      args: ['c1', { ok: false, code: 'no-forecast', message: 'the weather is away' }],
    },
  },
  {
    ask: 'POST /flows/calls/c1',
    body: { ok: false, code: 'No', message: '' },
    status: 400,
    has: { code: 'bad-body' },
  },
  { ask: 'POST /flows/calls/c1', body: { value: 1 }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /events/doorbell',
    body: { data: { door: 'front' } },
    status: 204,
    called: { what: 'events.emit', args: ['doorbell', { data: { door: 'front' } }] },
  },
  {
    ask: 'POST /events/plugin%2Fbell',
    status: 204,
    called: { what: 'events.emit', args: ['plugin/bell', {}] },
  },
  { ask: 'POST /events/doorbell', body: { payload: 1 }, status: 400, has: { code: 'bad-body' } },
  { ask: 'GET /flows/seeds', status: 200, has: { items: [{ name: 'presence-lighting', added: true }] } },
  {
    ask: 'POST /flows/seeds/presence-lighting',
    body: { replace: true, settings: { LAMP: 'hall' } },
    status: 200,
    has: { flow: 'homerule-presence-lighting', added: 3 },
    called: {
      what: 'flowSeeds.add',
      args: ['presence-lighting', { replace: true, settings: { LAMP: 'hall' } }],
    },
  },
  {
    ask: 'POST /flows/seeds/presence-lighting',
    body: { settings: { LAMP: 1 } },
    status: 400,
    has: { code: 'bad-body' },
  },
];
