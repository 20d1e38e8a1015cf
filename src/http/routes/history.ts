// What was: numeric history and the journal of messages, drawn, page by page, or as a file.
import { z } from 'zod';
import { type HistoryApi, historyQuery, messageQuery } from '../../api/index.ts';
import { exportOf, formatOf } from '../export.ts';
import { noInput, ok, type Reply, type Route, route } from '../route.ts';

const tag = 'history';
const pointColumns = ['at', 'count', 'min', 'max', 'mean', 'last', 'changes'] as const;
const sampleColumns = ['at', 'value'] as const;
const messageColumns = ['at', 'topic', 'payload', 'qos', 'retain', 'origin', 'by'] as const;

async function* once<Item>(page: Item): AsyncGenerator<Item> {
  yield page;
}

type Asked = z.output<typeof historyQuery>;

/** With `points` the drawing, else every sample. */
async function file(history: HistoryApi, query: Asked, format: 'csv' | 'json'): Promise<Reply> {
  const { points, format: _format, ...range } = query;
  const as = { format, name: 'history' };
  if (points === undefined) {
    const pages = await history.samples(range);
    return { status: 200, export: exportOf(pages, { ...as, columns: sampleColumns }) };
  }
  const drawing = await history.draw({ ...range, points });
  return { status: 200, export: exportOf(once(drawing.points), { ...as, columns: pointColumns }) };
}

const draw = route({
  ...noInput,
  method: 'get',
  path: '/history',
  tag,
  summary:
    'A number or state over time in so many points (default 800 over the last day); with format= or Accept: text/csv every sample, as a file',
  query: historyQuery,
  success: { status: 200, view: 'HistoryView' },
  handle: async ({ api, query, headers }) => {
    const format = formatOf(query, headers);
    if (format !== undefined) return file(api.history, query, format);
    const { format: _format, ...asked } = query;
    return ok(await api.history.draw(asked));
  },
});

const series = route({
  ...noInput,
  method: 'get',
  path: '/history/series',
  tag,
  summary: 'What of a topic has a history',
  query: z.strictObject({ topic: z.string().min(1).max(65_535) }),
  success: { status: 200, view: 'SeriesList' },
  handle: async ({ api, query }) => ok({ items: await api.history.series(query.topic) }),
});

const messages = route({
  ...noInput,
  method: 'get',
  path: '/messages',
  tag,
  summary:
    'Messages as they were accepted, newest first (default: of the last day); with format= or Accept: text/csv all of them, oldest first, as a file',
  query: messageQuery,
  success: { status: 200, view: 'MessagePage' },
  handle: async ({ api, query, headers }) => {
    const { format: _format, ...asked } = query;
    const format = formatOf(query, headers);
    if (format === undefined) return ok(await api.messages.list(asked));
    const columns = messageColumns;
    return { status: 200, export: exportOf(api.messages.all(asked), { format, name: 'messages', columns }) };
  },
});

export const historyRoutes: readonly Route[] = [draw, series, messages];
