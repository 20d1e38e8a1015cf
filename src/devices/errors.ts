import { errorTable } from '../base/index.ts';

/** Codes of this room; each stable. */
export const deviceErrors = {
  'bad-value': 'invalid',
  'command-failed': 'invalid',
} as const;

export const fail = errorTable(deviceErrors);
