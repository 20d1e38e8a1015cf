// The house's own CA and what it has issued, as files. Reads and writes them, decides nothing about names.
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, type KeyPair, makeCertificate, messageOf, newKeyPair } from '../base/index.ts';
import type { CertificatePaths } from '../config/index.ts';
import { fail } from './errors.ts';

/** Devices that were given the CA should not have to be visited again. */
const caDays = 7300;
/** No browser takes longer ones. */
const leafDays = 397;
/** Clocks of devices differ. */
const backdateMs = 86_400_000;
/** Something must stand there beside the name of the client, and must be one that the CA may vouch for. */
const clientNames = ['client.local'];

export interface Issued {
  readonly cert: string;
  readonly key: string;
  readonly validTo: string;
  readonly fingerprint256: string;
}

interface Issuer extends KeyPair {
  readonly subject: string;
}

function keyText(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function save(path: string, text: string, mode: number): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, text, { mode, flush: true });
  renameSync(partial, path);
}

export class HouseCertificates {
  readonly #paths: CertificatePaths;
  readonly #clock: Clock;

  constructor(paths: CertificatePaths, clock: Clock) {
    this.#paths = paths;
    this.#clock = clock;
  }

  get hasAuthority(): boolean {
    return existsSync(this.#paths.caKey);
  }

  /** Names of the present certificate of the house, which its CA vouches for. */
  names(): string[] {
    if (!existsSync(this.#paths.cert)) return [];
    const { subjectAltName = '' } = new X509Certificate(readFileSync(this.#paths.cert));
    return subjectAltName.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  }

  /** A new CA, for these names and networks; what an earlier one issued is worth nothing any more. */
  makeAuthority(subject: string, names: readonly string[]): void {
    const pair = newKeyPair();
    const issuer = { ...pair, subject };
    const { ca, caKey, folder } = this.#paths;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const from = this.#clock.now() - backdateMs;
    const { publicKey } = pair;
    save(ca, makeCertificate({ subject, publicKey, issuer, from, days: caDays, use: 'ca', names }), 0o644);
    save(caKey, keyText(pair.privateKey), 0o600);
  }

  issueHouse(subject: string, names: readonly string[]): Issued {
    const { cert, key } = this.#paths;
    return this.#issue({ subject, names, use: 'server', cert, key });
  }

  issueClient(subject: string): Issued {
    const folder = join(this.#paths.folder, 'clients');
    const [cert, key] = [join(folder, `${subject}.pem`), join(folder, `${subject}.key`)];
    return this.#issue({ subject, names: clientNames, use: 'client', cert, key });
  }

  #issue(what: {
    readonly subject: string;
    readonly names: readonly string[];
    readonly use: 'server' | 'client';
    readonly cert: string;
    readonly key: string;
  }): Issued {
    const { subject, names, use, cert, key } = what;
    const issuer = this.#issuer();
    const pair = newKeyPair();
    const { publicKey } = pair;
    const from = this.#clock.now() - backdateMs;
    const text = makeCertificate({ subject, publicKey, issuer, from, days: leafDays, use, names });
    mkdirSync(dirname(cert), { recursive: true, mode: 0o700 });
    // The key first: whoever reads in between finds two that do not fit, and keeps what was.
    save(key, keyText(pair.privateKey), 0o600);
    save(cert, text, 0o644);
    const { validTo, fingerprint256 } = new X509Certificate(text);
    return { cert, key, validTo, fingerprint256 };
  }

  #issuer(): Issuer {
    const { ca, caKey } = this.#paths;
    try {
      // The plain text of `subject` is escaped.
      const { subject } = new X509Certificate(readFileSync(ca)).toLegacyObject();
      const privateKey = createPrivateKey(readFileSync(caKey));
      return { subject: String(subject.CN), privateKey, publicKey: createPublicKey(privateKey) };
    } catch (cause) {
      throw fail('file-missing', `the CA in ${dirname(ca)} cannot be used: ${messageOf(cause)}`, { cause });
    }
  }
}
