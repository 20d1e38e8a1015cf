// Every error that calls to the outside make, by its stable code. None of them names more of an address than its host:
// the rest may hold a secret.
import { type ErrorKind, errorTable } from '../base/index.ts';

export const outsideErrors = {
  /** The address is none, or not of http or https. */
  'http-bad-url': 'invalid',
  /** A header, method or body that cannot be sent. */
  'http-bad-request': 'invalid',
  /** An address of the home or of this machine that the configuration does not allow. */
  'http-address-refused': 'denied',
  /** The name cannot be resolved, or nobody answers there. */
  'http-unreachable': 'unavailable',
  /** The connection broke, or the answer is not HTTP. */
  'http-failed': 'unavailable',
  'http-timeout': 'unavailable',
  'http-too-large': 'limit',
  /** Too many redirects, or one to where it may not go. */
  'http-redirect': 'denied',
} as const satisfies Readonly<Record<string, ErrorKind>>;

export type OutsideCode = keyof typeof outsideErrors;

export const fail = errorTable(outsideErrors);
