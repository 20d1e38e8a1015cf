// What the HTTP adapter itself may refuse. Every other code comes from the use cases and passes through unchanged.
import { errorTable } from '../base/index.ts';

export const httpError = errorTable({
  'bad-path': 'invalid',
  'bad-json': 'invalid',
  'bad-utf8': 'invalid',
  'json-too-deep': 'invalid',
  'forbidden-key': 'invalid',
  'bad-body': 'invalid',
  'bad-query': 'invalid',
  'bad-header': 'invalid',
  'bad-precondition': 'invalid',
  'body-too-large': 'limit',
  'wrong-encoding': 'invalid',
  'path-missing': 'missing',
  'method-not-allowed': 'invalid',
  'not-ready': 'unavailable',
  'client-gone': 'unavailable',
  'port-taken': 'unavailable',
  'port-denied': 'denied',
  'address-missing': 'invalid',
  'socket-taken': 'unavailable',
  'socket-path-taken': 'conflict',
  'socket-path-too-long': 'invalid',
});
