// Every error that the broker room makes, by its stable code.
import { type ErrorKind, errorTable } from '../base/index.ts';

export const brokerErrors = {
  /** The configured port belongs to another program. */
  'port-in-use': 'unavailable',
  /** The configured address or port cannot be listened on for another reason. */
  'listen-failed': 'unavailable',
  /** A private part of aedes or mqtt-packet that the broker relies on is not where it was. */
  'broker-seam-moved': 'bug',
  /** A stored retained message cannot be read; it is skipped. */
  'bad-message-row': 'invalid',
  /** The password file or the ACL file cannot be opened. */
  'access-file-unreadable': 'invalid',
  /** Lines of the password file or the ACL file are wrong; nothing of them is used. */
  'access-file-invalid': 'invalid',
  /** A rule of access with a filter that is none. */
  'access-rule-invalid': 'invalid',
  /** A call came before `start` or after `stop`. */
  'broker-stopped': 'unavailable',
} as const satisfies Readonly<Record<string, ErrorKind>>;

export const fail = errorTable(brokerErrors);
