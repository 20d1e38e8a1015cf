// Hashes of passwords in the notations of mosquitto's password files. Knows no files and no users.
import crypto, { type BinaryLike, createHash, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { HomeruleError } from './errors.ts';

interface Salted {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** `$6$`: SHA-512 of password and salt. `$7$`: PBKDF2-HMAC-SHA512. `$argon2id$`: the PHC notation. */
export type PasswordHash =
  | ({ readonly kind: 'sha512' } & Salted)
  | ({ readonly kind: 'pbkdf2'; readonly iterations: number } & Salted)
  | ({
      readonly kind: 'argon2id';
      readonly memory: number;
      readonly passes: number;
      readonly parallelism: number;
    } & Salted);

const keyBytes = 64;
/** mosquitto 2.0 writes 12, 2.1 writes 64, and neither reads anything else. */
const saltBytes: ReadonlySet<number> = new Set([12, 64]);
const writtenSaltBytes = 12;
/** Beyond these one look at a password would keep a thread busy for seconds, or take a gigabyte. */
const maxIterations = 10_000_000;
const maxMemory = 1_048_576;
const maxPasses = 100;
const maxParallelism = 16;

const derive = promisify(pbkdf2);

function bad(why: string): HomeruleError {
  return new HomeruleError('bad-password-hash', 'invalid', why);
}

function bytesOf(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (text === '' || !isWhole) throw bad(`expected the ${what} in base64`);
  return bytes;
}

function salted(salt: string, key: string): Salted {
  const found = { salt: bytesOf(salt, 'salt'), key: bytesOf(key, 'hash') };
  if (!saltBytes.has(found.salt.length)) {
    throw bad(`expected a salt of 12 or 64 bytes, got ${found.salt.length}`);
  }
  if (found.key.length !== keyBytes) throw bad(`expected a hash of 64 bytes, got ${found.key.length}`);
  return found;
}

function numberFrom(text: string, most: number, what: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw bad(`expected ${what} from 1 to ${most}`);
  return value;
}

function argon2idFrom(text: string): PasswordHash {
  if (!('argon2' in crypto)) {
    throw bad(
      `an argon2id hash needs Node 24.7 or newer; this is ${process.version}, which cannot verify it`,
    );
  }
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(text);
  if (match === null) throw bad('expected $argon2id$v=19$m=…,t=…,p=…$salt$hash');
  const [, memory = '', passes = '', parallelism = '', salt = '', key = ''] = match;
  const found = { salt: bytesOf(salt, 'salt'), key: bytesOf(key, 'hash') };
  if (found.salt.length < 8 || found.key.length < 16) throw bad('expected a longer salt or hash');
  return {
    kind: 'argon2id',
    memory: numberFrom(memory, maxMemory, 'm'),
    passes: numberFrom(passes, maxPasses, 't'),
    parallelism: numberFrom(parallelism, maxParallelism, 'p'),
    ...found,
  };
}

/** Throws `bad-password-hash`; the message says what was expected and never repeats the hash. */
export function parsePasswordHash(text: string): PasswordHash {
  if (text.startsWith('$argon2id$')) return argon2idFrom(text);
  const [before, kind, ...parts] = text.split('$');
  const [first = '', second = '', third = ''] = parts;
  if (before === '' && kind === '6' && parts.length === 2)
    return { kind: 'sha512', ...salted(first, second) };
  if (before === '' && kind === '7' && parts.length === 3) {
    return {
      kind: 'pbkdf2',
      iterations: numberFrom(first, maxIterations, 'iterations'),
      ...salted(second, third),
    };
  }
  throw bad('expected a hash that begins with $6$, $7$ or $argon2id$');
}

function argon2idKey(password: BinaryLike, hash: PasswordHash & { kind: 'argon2id' }): Promise<Buffer> {
  const { memory, passes, parallelism, salt, key } = hash;
  const parameters = { message: password, nonce: salt, memory, passes, parallelism, tagLength: key.length };
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', parameters, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
}

function keyOf(password: BinaryLike, hash: PasswordHash): Promise<Buffer> {
  if (hash.kind === 'pbkdf2') return derive(password, hash.salt, hash.iterations, keyBytes, 'sha512');
  if (hash.kind === 'argon2id') return argon2idKey(password, hash);
  return Promise.resolve(createHash('sha512').update(password).update(hash.salt).digest());
}

/** Works on a crypto thread, but for `$6$`, which takes microseconds; compares in constant time. */
export async function verifyPassword(password: string | Uint8Array, hash: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await keyOf(password, hash), hash.key);
}

/** A new `$7$` hash that mosquitto 2.0 and 2.1 read. */
export async function hashPassword(password: string | Uint8Array, iterations: number): Promise<string> {
  const salt = randomBytes(writtenSaltBytes);
  const key = await derive(password, salt, iterations, keyBytes, 'sha512');
  return `$7$${iterations}$${salt.toString('base64')}$${key.toString('base64')}`;
}
