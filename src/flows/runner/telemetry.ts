// Keeps Node-RED from telling others about itself: the one setting of a user that would switch that on is left out.
import type { IncomingMessage, ServerResponse } from 'node:http';

const most = 1_048_576;

/** A request whose body is read already; `_body` is how express says so. */
interface Read extends IncomingMessage {
  body?: unknown;
  _body?: boolean;
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return undefined;
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function settingsIn(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // answered as the bad request that it is
  }
}

async function withoutTelemetry(request: Read, response: ServerResponse, next: () => void): Promise<void> {
  const settings = settingsIn(await textOf(request));
  if (settings === undefined) {
    response.writeHead(400).end();
    return;
  }
  const { telemetryEnabled: _, ...rest } = settings;
  request.body = rest;
  request._body = true;
  next();
}

/** Whether it writes to this path of the admin application, as its router compares paths. */
export function isPostOf(wanted: string, { method, url }: IncomingMessage): boolean {
  const path = url?.split('?', 1)[0]?.toLowerCase().replace(/\/+$/, '');
  return method === 'POST' && path === wanted;
}

/** Middleware of the admin application. */
export function refuseTelemetry(request: Read, response: ServerResponse, next: () => void): void {
  if (!isPostOf('/settings/user', request)) return next();
  withoutTelemetry(request, response, next).catch(() => response.destroy());
}
