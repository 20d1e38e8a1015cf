// Why a connection to a remote is not there, as a word that a UI can say. What it does not know keeps its text alone.

import type { BridgeFault } from './view.ts';

/** `why`: which of the sentences it is. */
export interface DownReason {
  readonly text: string;
  readonly why?: DownCode;
  /** The remote does not speak this version of MQTT. */
  readonly isVersionRefused: boolean;
}

/** Every reason that has a word of its own. */
export const downCodes = [
  'refused',
  'name',
  'unreachable',
  'closed',
  'certificate',
  'file',
  'login',
  'denied',
  'client-id',
  'busy',
  'banned',
  'version',
] as const;

export type DownCode = (typeof downCodes)[number];

const ofSystem: ReadonlyMap<unknown, DownCode> = new Map<unknown, DownCode>([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'name'],
  ['EAI_AGAIN', 'name'],
  ['ETIMEDOUT', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ECONNRESET', 'closed'],
  ['EPIPE', 'closed'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['CERT_NOT_YET_VALID', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['ENOENT', 'file'],
  ['EACCES', 'file'],
]);

/** Return codes of MQTT 3.1.1 [MQTT-3.2.2.3] and reason codes of MQTT 5 [3.2.2.2]. */
const ofRemote: ReadonlyMap<unknown, DownCode> = new Map<unknown, DownCode>([
  [1, 'version'],
  [132, 'version'],
  [2, 'client-id'],
  [133, 'client-id'],
  [3, 'busy'],
  [136, 'busy'],
  [137, 'busy'],
  [4, 'login'],
  [134, 'login'],
  [5, 'denied'],
  [135, 'denied'],
  [138, 'banned'],
]);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The first of several attempts at one name. */
function single(error: Error): Error {
  return error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
}

/** `isUp`: it ends a connection that stood, so that no version was refused. */
export function downReasonOf(thrown: Error, isUp: boolean): DownReason {
  const error = single(thrown);
  const code = codeOf(error);
  const why = ofSystem.get(code) ?? ofRemote.get(code);
  return {
    text: error.message === '' && code !== undefined ? String(code) : error.message,
    ...(why !== undefined && { why }),
    isVersionRefused: !isUp && why === 'version',
  };
}

export function downFault(address: string, { text, why }: DownReason): BridgeFault {
  const params = { address, detail: text, ...(why !== undefined && { why }) };
  return { code: 'bridge-down', message: `${address}: ${text}`, params };
}
