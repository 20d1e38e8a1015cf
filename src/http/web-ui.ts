// Serves the built web UI: compressed copies, cache headers, and the start page for every address of the UI.
import { extname } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { answerText } from './answer.ts';
import { decodedPath } from './decoded-path.ts';
import { httpError } from './errors.ts';
import { htmlPage } from './openapi/docs-page.ts';
import { suffixes, type WebFile, type WebFiles } from './web-files.ts';

/** Paths that belong to other doors of the house and never show the UI. */
const foreignPath = /^\/(?:(?:api|hooks|red|endpoint|mqtt|metrics)(?:\/|$)|plugins\/)/;

const missingPage = htmlPage(
  'Homerule',
  `<h1>Homerule is running</h1>
<p>The web UI is not built yet. Build it with</p>
<pre><code>npm run build</code></pre>
<p>and load this page again. The API is there already: <a href="/api/docs">/api/docs</a>.</p>`,
);

/** Whether a browser that goes to this address expects the UI rather than a file. */
function isPageRequest(request: Request, path: string): boolean {
  if (path.startsWith('assets/')) return false;
  const asksForHtml = (request.headers.accept ?? '').includes('text/html');
  const looksLikeFile = path.slice(path.lastIndexOf('/') + 1).includes('.');
  return asksForHtml || (!looksLikeFile && request.accepts('html') !== false);
}

function cacheControl(file: WebFile): string {
  if (file.isHashed) return 'public, max-age=31536000, immutable';
  return file.path === 'index.html' ? 'no-store' : 'no-cache';
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function sendFile(
  request: Request,
  response: Response,
  options: { file: WebFile; root: string },
): Promise<void> {
  const { file, root } = options;
  // Asked one by one: of several, the client's order would win over ours, and browsers name gzip first.
  const best = file.encodings.find((encoding) => request.acceptsEncodings(encoding) !== false);
  response.type(extname(file.path));
  response.vary('Accept-Encoding');
  response.setHeader('Cache-Control', cacheControl(file));
  if (best !== undefined) response.setHeader('Content-Encoding', best);
  const path = best === undefined ? file.path : file.path + suffixes[best];
  return new Promise((resolve, reject) => {
    response.sendFile(path, { root, cacheControl: false, lastModified: false }, (error) => {
      if (error && !response.headersSent) {
        response.removeHeader('Content-Encoding');
        reject(isGone(error) ? httpError('path-missing', 'the file is gone', { cause: error }) : error);
      } else resolve();
    });
  });
}

async function answerPage(request: Request, response: Response, files: WebFiles): Promise<void> {
  const index = await files.findIndex();
  if (index !== undefined) {
    await sendFile(request, response, { file: index, root: files.folder });
    return;
  }
  response.status(503).setHeader('Cache-Control', 'no-store');
  answerText(response, 'text/html', missingPage);
}

export function webUi(files: WebFiles): RequestHandler {
  return async (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || foreignPath.test(request.path)) {
      next();
      return;
    }
    const path = decodedPath(request).slice(1);
    const file = path === '' || path === 'index.html' ? undefined : files.find(path);
    if (file !== undefined) await sendFile(request, response, { file, root: files.folder });
    else if (isPageRequest(request, path)) await answerPage(request, response, files);
    else next();
  };
}
