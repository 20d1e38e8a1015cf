// The credentials of nodes as Node-RED keeps them, encrypted with the secret that the house gave it. Read only, and opened for one
// thing: to give back what was typed into nodes that are gone. Nobody is shown any of it.
import { createDecipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export const sealedCredentials = z.object({ $: z.string().min(33) });
export type SealedCredentials = Readonly<z.infer<typeof sealedCredentials>>;

/** By the id of the node. */
export type Credentials = Readonly<Record<string, unknown>>;

const credentials = z.record(z.string(), z.unknown());
const ivLength = 32;

/** Undefined when no node has any, or they are not encrypted. */
export async function readCredentialFile(path: string): Promise<SealedCredentials | undefined> {
  try {
    return sealedCredentials.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined; // none was typed yet
  }
}

/** Undefined when they were sealed with another secret. */
export function opened({ $: sealed }: SealedCredentials, secret: string): Credentials | undefined {
  const key = createHash('sha256').update(secret).digest();
  const iv = Buffer.from(sealed.slice(0, ivLength), 'hex');
  try {
    const decipher = createDecipheriv('aes-256-ctr', key, iv);
    const bytes = Buffer.concat([decipher.update(sealed.slice(ivLength), 'base64'), decipher.final()]);
    return credentials.safeParse(JSON.parse(bytes.toString())).data;
  } catch {
    return undefined; // no JSON comes of another secret
  }
}
