// Seals values with a key that lies beside the database, so that a copy of the database alone tells nothing.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable.ts';
import { storeError } from './errors.ts';

export const keyFileName = 'secret.key';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const cipherName = 'aes-256-gcm';

/** On disk before anything is sealed with it; nobody else may read it. */
function makeKey(path: string): Buffer {
  const key = randomBytes(keyBytes);
  writeDurably(path, key);
  return key;
}

export class Seal {
  readonly #path: string;
  #key: Buffer | undefined;

  constructor(dir: string) {
    this.#path = join(dir, keyFileName);
  }

  /** The value, bound to its name: one cannot be put in the place of another. Makes the key when there is none. */
  seal(name: string, value: string): Uint8Array {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(cipherName, this.#read() ?? this.#make(), iv);
    cipher.setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** Throws `store-sealed` when the key is missing or another one. */
  open(name: string, sealed: Uint8Array): string {
    const key = this.#read();
    if (key === undefined) throw storeError('store-sealed', `${this.#path} is missing`);
    try {
      const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, ivBytes));
      decipher.setAAD(Buffer.from(name));
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      const opened = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
      return opened.toString('utf8');
    } catch (cause) {
      throw storeError('store-sealed', `${this.#path} is not the key that it was sealed with`, { cause });
    }
  }

  #read(): Buffer | undefined {
    if (this.#key !== undefined || !existsSync(this.#path)) return this.#key;
    const key = readFileSync(this.#path);
    if (key.length !== keyBytes)
      throw storeError('store-sealed', `${this.#path} is no key: expected ${keyBytes} bytes`);
    this.#key = key;
    return key;
  }

  #make(): Buffer {
    this.#key = makeKey(this.#path);
    return this.#key;
  }
}
