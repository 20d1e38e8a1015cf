// Runs and their traces.
import { z } from 'zod';
import { runQuery } from '../../api/index.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const tag = 'runs';
const page = z.strictObject(runQuery.shape);

const list = route({
  ...noInput,
  method: 'get',
  path: '/runs',
  tag,
  summary: 'Runs, newest first: by rule, outcome, reason, the device that woke them, time',
  query: page.extend({ rule: z.string().max(200).exactOptional() }),
  success: { status: 200, view: 'RunPage' },
  handle: async ({ api, query }) => ok(await api.runs.list(query)),
});

const ofRule = route({
  ...noInput,
  method: 'get',
  path: '/rules/{id}/runs',
  tag,
  summary: 'Runs of one rule, newest first',
  query: page,
  success: { status: 200, view: 'RunPage' },
  handle: async ({ api, param, query }) => ok(await api.runs.list({ ...query, rule: param('id') })),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/runs/{id}',
  tag,
  summary: 'One run with its trace',
  success: { status: 200, view: 'RunView' },
  handle: async ({ api, param }) => ok(await api.runs.get(param('id'))),
});

const asTest = route({
  ...noInput,
  method: 'get',
  path: '/runs/{id}/as-test',
  tag,
  summary: 'A run as a test of its rule: what it found, what came, what it did',
  success: { status: 200, view: 'RunTestView' },
  handle: async ({ api, param }) => ok(await api.ruleTests.fromRun(param('id'))),
});

const cancel = route({
  ...noInput,
  method: 'post',
  path: '/runs/{id}/cancel',
  tag,
  summary: 'End a run that waits',
  success: { status: 200, view: 'RunView' },
  handle: async ({ api, actor, param }) => ok(await api.runs.cancel(actor, param('id'))),
});

export const runRoutes: readonly Route[] = [list, ofRule, get, asTest, cancel];
