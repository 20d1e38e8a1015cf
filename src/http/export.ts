// Lists as files: CSV (RFC 4180) or one JSON object, made page by page.
import type { IncomingHttpHeaders } from 'node:http';
import type { Export } from './route.ts';

export type Format = 'csv' | 'json';

/** What the query asks for, or the header Accept; undefined: no file, an ordinary answer. */
export function formatOf(
  query: { readonly format?: Format },
  headers: IncomingHttpHeaders,
): Format | undefined {
  const accept = headers.accept ?? '';
  return query.format ?? (accept.includes('text/csv') ? 'csv' : undefined);
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* csv<Item extends { readonly at: number }>(
  pages: AsyncIterable<readonly Item[]>,
  columns: readonly (keyof Item & string)[],
): AsyncGenerator<string> {
  yield `${['time', ...columns].join(',')}\r\n`;
  for await (const page of pages) {
    const rows = page.map((item) =>
      [new Date(item.at).toISOString(), ...columns.map((name) => cell(item[name]))].join(','),
    );
    if (rows.length > 0) yield `${rows.join('\r\n')}\r\n`;
  }
}

async function* json<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<string> {
  let before = '{"items":[\n';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + page.map((item) => JSON.stringify(item)).join(',\n');
    before = ',\n';
  }
  yield before === ',\n' ? '\n]}\n' : '{"items":[]}\n';
}

/** `columns` of CSV come after the time in words; JSON has everything. */
export function exportOf<Item extends { readonly at: number }>(
  pages: AsyncIterable<readonly Item[]>,
  {
    format,
    name,
    columns,
  }: { readonly format: Format; readonly name: string; readonly columns: readonly (keyof Item & string)[] },
): Export {
  return format === 'csv'
    ? { type: 'text/csv', name: `${name}.csv`, texts: csv(pages, columns) }
    : { type: 'application/json', name: `${name}.json`, texts: json(pages) };
}
