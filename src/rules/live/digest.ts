// What is asked of the outside, as a short text: a replay that asks the same finds the answer by it.
import { hash } from 'node:crypto';
import type { CallEffect } from '../effect.ts';

export function digestOf({ service, request }: Pick<CallEffect, 'service' | 'request'>): string {
  return hash('sha1', JSON.stringify([service, request ?? null]), 'base64url');
}
