// What is asked over HTTP about what was and what would have been.
import type { RouteCase } from './route-cases.ts';

export const pastRouteCases: readonly RouteCase[] = [
  {
    ask: 'GET /causes?topic=lamp&path=on&at=21:04',
    status: 200,
    has: { end: { kind: 'person', by: 'anna' } },
    called: { what: 'causes.of', args: [{ topic: 'lamp', path: 'on', at: '21:04' }] },
  },
  {
    ask: 'GET /causes?device=lamp&property=on',
    status: 200,
    called: { what: 'causes.of', args: [{ device: 'lamp', property: 'on' }] },
  },
  { ask: 'GET /causes?device=lamp', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /causes', status: 400, has: { code: 'bad-query' } },
  {
    ask: 'GET /states?at=-2h&filter=home/%23&limit=5',
    status: 200,
    has: { at: 5, items: [{ topic: 'home/t' }], hasMore: false, incomplete: [] },
    called: { what: 'past.states', args: [{ at: '-2h', filter: 'home/#', limit: 5 }] },
  },
  { ask: 'GET /states', status: 400, has: { code: 'bad-query' } },
  {
    ask: 'POST /rules/fan/backtest',
    body: { from: '-7d', source: 'id: fan', against: 'current', window: '1m' },
    status: 200,
    has: { rule: 'fan', fired: 1, messages: 12 },
    called: {
      what: 'backtests.run',
      args: ['fan', { from: '-7d', source: 'id: fan', against: 'current', window: '1m' }],
    },
  },
  { ask: 'POST /rules/fan/backtest', body: {}, status: 400, has: { code: 'bad-body' } },
  { ask: 'POST /rules/nobody/backtest', body: { from: '-7d' }, status: 404, has: { code: 'rule-missing' } },
  {
    ask: 'POST /rules/nobody/backtest',
    body: { from: '-7d' },
    headers: { Accept: 'application/x-ndjson' },
    status: 404,
    has: { code: 'rule-missing' },
  },
];
