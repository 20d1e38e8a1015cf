// What was, and what would have been: the state at a time, and backtests.
import { type BacktestEvent, backtestRequest, statesQuery } from '../../api/index.ts';
import { HomeruleError } from '../../base/index.ts';
import { jsonBody, noBody } from '../body.ts';
import { noInput, ok, type Reply, type Route, route } from '../route.ts';

const lines = 'application/x-ndjson';

const states = route({
  method: 'get',
  path: '/states',
  tag: 'history',
  summary: 'The latest message of topics as of a time: -2h, ISO 8601 or epoch milliseconds',
  query: statesQuery,
  body: noBody,
  success: { status: 200, view: 'StatesView' },
  handle: async ({ api, query }) => ok(await api.past.states(query)),
});

const silent = (): Error => new HomeruleError('internal', 'bug', 'the backtest told no result');

/** What goes wrong on the way is the last line. */
function failure(error: unknown): string {
  if (!(error instanceof HomeruleError)) throw error;
  return `${JSON.stringify({ error: { code: error.code, detail: error.message } })}\n`;
}

async function* texts(first: BacktestEvent, rest: AsyncIterator<BacktestEvent>): AsyncGenerator<string> {
  try {
    yield `${JSON.stringify(first)}\n`;
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      yield `${JSON.stringify(next.value)}\n`;
  } catch (error) {
    yield failure(error);
  } finally {
    await rest.return?.(undefined);
  }
}

/** What is wrong from the beginning is an ordinary problem; the rest is told line by line. */
async function stream(events: AsyncIterator<BacktestEvent>): Promise<Reply> {
  const first = await events.next();
  if (first.done === true) throw silent();
  return { status: 200, export: { type: lines, name: 'backtest.ndjson', texts: texts(first.value, events) } };
}

async function resultOf(events: AsyncIterable<BacktestEvent>): Promise<Reply> {
  for await (const event of events) if ('result' in event) return ok(event.result);
  throw silent();
}

const backtest = route({
  ...noInput,
  method: 'post',
  path: '/rules/{id}/backtest',
  tag: 'rules',
  summary:
    'What a rule, an older version or a draft would have done over the recorded time; with Accept: application/x-ndjson lines of progress, the last one with the result',
  body: jsonBody('BacktestRequest', backtestRequest),
  success: { status: 200, view: 'BacktestView' },
  handle: ({ api, param, body, headers, gone }) => {
    const events = api.backtests.run(param('id'), body, gone());
    const wantsLines = headers.accept?.includes(lines) === true;
    return wantsLines ? stream(events[Symbol.asyncIterator]()) : resultOf(events);
  },
});

export const pastRoutes: readonly Route[] = [states, backtest];
