// The certificate of the CA of this house, for devices that are to trust it. It is public, and so told to everybody.
import { readFile } from 'node:fs/promises';
import type { RequestHandler } from 'express';
import { httpError } from './errors.ts';

const missing = 'this house has no CA of its own: `homerule certificate` makes one';

/** Read anew each time: a new one may be made while the house runs. */
export function authority(path: string | undefined): RequestHandler {
  return async (_request, response) => {
    if (path === undefined) throw httpError('path-missing', missing);
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw httpError('path-missing', missing, { cause });
    });
    // Phones offer to install what comes as this.
    response.setHeader('Content-Type', 'application/x-x509-ca-cert');
    response.setHeader('Content-Disposition', 'attachment; filename="homerule-ca.pem"');
    response.setHeader('Cache-Control', 'no-store');
    response.end(text);
  };
}
