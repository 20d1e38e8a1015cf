// X.509 certificates on P-256 for the house's own CA, its listeners and its devices (RFC 5280). Reads none.
import { Buffer } from 'node:buffer';
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { Timestamp } from './clock.ts';
import { bitString, der, derTags, integer, objectId, sequence, time } from './der.ts';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface CertificateOptions {
  /** Common name. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  /** Itself, for a CA. */
  readonly issuer: KeyPair & { readonly subject: string };
  readonly from: Timestamp;
  readonly days: number;
  readonly use: 'ca' | 'server' | 'client';
  /**
   * Host names and addresses: those that a server or client goes by; for a CA, those that it may vouch for, with
   * networks such as `10.0.0.0/8`, where a name stands for all below it, too.
   */
  readonly names: readonly string[];
}

const ids = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  otherNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  issuerKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
const yes = der(derTags.boolean, Buffer.from([0xff]));
const version3 = der(derTags.contextOfValues, integer(Buffer.from([2])));
const dayMs = 86_400_000;

export function newKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function nameOf(subject: string): Buffer {
  const value = der(derTags.utf8String, Buffer.from(subject));
  return sequence(der(derTags.set, sequence(objectId(ids.commonName), value)));
}

function keyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** 160 bits that tell keys apart (RFC 7093). */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(keyInfo(key)).digest().subarray(0, 20);
}

function ipv6Bytes(address: string): number[] {
  const words = (text: string): number[] =>
    text === ''
      ? []
      : text.split(':').flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]);
  const [head = '', tail] = address.split('::');
  const [before, after] = [words(head), words(tail ?? '')];
  return [...before, ...Array<number>(16 - before.length - after.length).fill(0), ...after];
}

/** Undefined for a host name. */
function addressBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  return isIPv6(text) ? Buffer.from(ipv6Bytes(text)) : undefined;
}

function maskBytes(length: number, bits: number): Buffer {
  return Buffer.from(
    Array.from({ length }, (_, i) => 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - 8 * i)))),
  );
}

/** A name of its kind, as it stands in a list of names. */
function generalName(name: string): Buffer {
  const address = addressBytes(name);
  return address === undefined
    ? der(derTags.context + 2, Buffer.from(name))
    : der(derTags.context + 7, address);
}

function permittedName(name: string): Buffer {
  const [host = '', bits] = name.split('/');
  const address = addressBytes(host);
  if (address === undefined) return sequence(generalName(name));
  const mask = maskBytes(address.length, bits === undefined ? 8 * address.length : Number(bits));
  return sequence(der(derTags.context + 7, address, mask));
}

function extension(id: string, value: Uint8Array, isCritical = false): Buffer {
  return sequence(objectId(id), ...(isCritical ? [yes] : []), der(derTags.octetString, value));
}

/** Name constraints are not marked critical: mbedTLS, which many devices use, refuses critical ones unseen. */
function extensionsOf({ use, names, publicKey, issuer }: CertificateOptions): Buffer {
  const issuerKey = sequence(der(derTags.context, keyId(issuer.publicKey)));
  const common = [
    extension(ids.subjectKey, der(derTags.octetString, keyId(publicKey))),
    extension(ids.issuerKey, issuerKey),
  ];
  if (use === 'ca') {
    const permitted = der(derTags.contextOfValues, ...names.map(permittedName));
    const ownChain = integer(Buffer.from([0]));
    return sequence(
      ...common,
      extension(ids.basicConstraints, sequence(yes, ownChain), true),
      extension(ids.keyUsage, bitString(Buffer.from([0x06]), 1), true),
      extension(ids.nameConstraints, sequence(permitted)),
    );
  }
  return sequence(
    ...common,
    extension(ids.basicConstraints, sequence(), true),
    extension(ids.keyUsage, bitString(Buffer.from([0x80]), 7), true),
    extension(ids.extendedKeyUsage, sequence(objectId(purposes[use]))),
    extension(ids.otherNames, sequence(...names.map(generalName))),
  );
}

/** As PEM. */
export function makeCertificate(options: CertificateOptions): string {
  const { subject, publicKey, issuer, from, days } = options;
  const algorithm = sequence(objectId(ids.ecdsaWithSha256));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    version3,
    integer(serial),
    algorithm,
    nameOf(issuer.subject),
    sequence(time(from), time(from + days * dayMs)),
    nameOf(subject),
    keyInfo(publicKey),
    der(derTags.contextOfValues + 3, extensionsOf(options)),
  );
  const bytes = sequence(body, algorithm, bitString(sign('sha256', body, issuer.privateKey)));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
