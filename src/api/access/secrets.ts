// Secrets that the house makes and gives out once. Only their hashes are kept: 256 random bits need no slow hash.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;

export function makeSecret(prefix = ''): string {
  return prefix + randomBytes(secretBytes).toString('base64url');
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(secretHash(one)), Buffer.from(secretHash(other)));
}
