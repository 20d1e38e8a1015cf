// Turns a handler's reply into bytes.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Export, Reply } from './route.ts';

export function answerText(response: Response, type: string, text: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

/** What cannot be finished is cut off, so that it does not look whole. */
async function answerExport(response: Response, { type, name, texts }: Export): Promise<void> {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  try {
    await pipeline(Readable.from(texts), response);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!isGone) throw error;
  }
}

export async function answer(response: Response, reply: Reply): Promise<void> {
  response.status(reply.status);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.export !== undefined) await answerExport(response, reply.export);
  else if (reply.yaml !== undefined) answerText(response, 'text/yaml', reply.yaml);
  else if (reply.body !== undefined) answerText(response, 'application/json', JSON.stringify(reply.body));
  else response.end();
}
