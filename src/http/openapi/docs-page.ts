// The API as one readable page: no script, no library, the same table as everything else.
import { openApiPath } from '../path-template.ts';
import type { Route } from '../route.ts';
import { queryProperties } from './document.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
  code { font: .9em ui-monospace, monospace }
  td:first-child { white-space: nowrap }`;

/** A whole page around `body`, which must be HTML already. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function row(route: Route): string {
  const query = Object.keys(queryProperties(route))
    .map((name) => `${name}=`)
    .join(' ');
  const cells = [
    `<code>${route.method.toUpperCase()} ${escapeHtml(openApiPath(route.path))}</code>`,
    escapeHtml(route.summary),
    `<code>${escapeHtml(query)}</code>`,
    `<code>${escapeHtml(route.body.name)}</code>`,
    `${route.success.status} <code>${escapeHtml(route.success.view ?? '')}</code>`,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function section(tag: string, routes: readonly Route[]): string {
  const head = ['Request', 'What it does', 'Query', 'Body', 'Answer'].map((title) => `<th>${title}</th>`);
  const rows = routes.filter((route) => route.tag === tag).map(row);
  return `<h2>${escapeHtml(tag)}</h2>
<table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

export function docsPage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const intro = `<h1>Homerule API ${escapeHtml(version)}</h1>
<p>Everything is below <code>/api/v1</code> and speaks JSON; shapes are in
<a href="/api/v1/openapi.json">openapi.json</a>. Errors are problem documents (RFC 9457) with a stable
<code>code</code>. Lists are <code>{ items, next? }</code>; give <code>next</code> as <code>cursor=</code> to go on.
Writes of rules take <code>If-Match: "VERSION"</code> and answer 412 when there is a newer one.
Live updates: WebSocket <code>/api/v1/live</code>. Metrics: <a href="/metrics">/metrics</a>.</p>`;
  return htmlPage('Homerule API', [intro, ...tags.map((tag) => section(tag, routes))].join('\n'));
}
