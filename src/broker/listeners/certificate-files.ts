// The certificate, its key and the CA of clients, as files that may be renewed at any time. A set that cannot be used
// leaves the old one in force and is said once. Knows nothing of connections.
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type Clock, type Logger, messageOf, type Undo } from '../../base/index.ts';
import type { TlsOptions } from '../options.ts';

/** What TLS is set up with. */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
}

export interface CertificateFilesOptions {
  readonly tls: TlsOptions;
  readonly clock: Clock;
  readonly log: Logger;
  /** May throw: then the old material stays. */
  readonly use: (material: TlsMaterial) => void;
}

const lookEveryMs = 60_000;
const dayMs = 86_400_000;
const warnBeforeMs = 30 * dayMs;
const othersMayRead = 0o007;

export class CertificateFiles {
  readonly #options: CertificateFilesOptions;
  /** Of what was tried last, used or not. */
  #stamp = '';
  #endsAt: number | undefined;
  #warnedAt: number | undefined;
  #looking: Promise<void> = Promise.resolve();
  #undo: Undo = () => undefined;
  #isStopped = false;

  constructor(options: CertificateFilesOptions) {
    this.#options = options;
  }

  /** Resolves after the first look, whatever it found; then looks once a minute. */
  async start(): Promise<void> {
    await this.reload();
    this.#arm();
  }

  stop(): void {
    this.#isStopped = true;
    this.#undo();
  }

  /** Looks now; resolves when what changed is in force. Never rejects. */
  reload(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  #arm(): void {
    if (this.#isStopped) return;
    this.#undo = this.#options.clock.after(lookEveryMs, () => void this.reload().then(() => this.#arm()));
  }

  async #look(): Promise<void> {
    const stamp = await this.#stampOf();
    if (!this.#isStopped && stamp !== this.#stamp) {
      this.#stamp = stamp;
      await this.#try();
    }
    this.#watchEnd();
  }

  /** Changes whenever one of the files does. */
  async #stampOf(): Promise<string> {
    const { cert, key, ca } = this.#options.tls;
    const stamps = [cert, key, ca].map(async (path) => {
      if (path === undefined) return '';
      const found = await stat(path).catch(messageOf);
      return typeof found === 'string' ? found : `${found.mtimeMs}/${found.size}/${found.ino}`;
    });
    return (await Promise.all(stamps)).join(' ');
  }

  async #try(): Promise<void> {
    const { log, use, tls } = this.#options;
    try {
      if (tls.mayBeAbsent === true && !existsSync(tls.cert)) return;
      const material = await this.#read();
      // Throws when the two do not belong together.
      createSecureContext(material);
      const { validTo, subject, fingerprint256 } = new X509Certificate(material.cert);
      use(material);
      this.#endsAt = Date.parse(validTo);
      this.#warnedAt = undefined;
      log.info({ subject, validTo, fingerprint256 }, 'TLS certificate in force');
    } catch (error) {
      const inForce = this.#endsAt === undefined ? 'TLS listeners stay closed' : 'the old one stays in force';
      log.error(
        { cert: tls.cert, error: messageOf(error) },
        `the TLS certificate cannot be used; ${inForce}`,
      );
    }
  }

  async #read(): Promise<TlsMaterial> {
    const { cert, key, ca } = this.#options.tls;
    const { mode } = await stat(key);
    if ((mode & othersMayRead) !== 0) {
      this.#options.log.warn({ key }, 'everybody on this machine may read the key of the TLS certificate');
    }
    const [certBytes, keyBytes] = await Promise.all([readFile(cert), readFile(key)]);
    if (ca === undefined) return { cert: certBytes, key: keyBytes };
    return { cert: certBytes, key: keyBytes, ca: await readFile(ca) };
  }

  /** Once a day from thirty days before. */
  #watchEnd(): void {
    const { clock, log, tls } = this.#options;
    const now = clock.now();
    if (this.#endsAt === undefined || this.#endsAt - now > warnBeforeMs) return;
    if (this.#warnedAt !== undefined && now - this.#warnedAt < dayMs) return;
    this.#warnedAt = now;
    const days = Math.floor((this.#endsAt - now) / dayMs);
    log.warn(
      { cert: tls.cert, days },
      days < 0 ? 'the TLS certificate has expired' : 'the TLS certificate ends soon',
    );
  }
}
