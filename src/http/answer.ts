// Turns a handler's reply into bytes.
import type { Response } from 'express';
import type { Reply } from './route.ts';

export function answerText(response: Response, type: string, text: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

export function answer(response: Response, reply: Reply): void {
  response.status(reply.status);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.yaml !== undefined) answerText(response, 'text/yaml', reply.yaml);
  else if (reply.body !== undefined) answerText(response, 'application/json', JSON.stringify(reply.body));
  else response.end();
}
