// Certificates in a folder of their own: a CA, a house and clients, made by the code that makes real ones.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyPair, makeCertificate, newKeyPair } from '../../src/base/index.ts';

export interface Pem {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;

export class CertificateAuthority {
  readonly cert: string;
  readonly #issuer: KeyPair & { readonly subject: string };
  readonly #now: number;

  constructor(subject: string, now = Date.now()) {
    this.#now = now;
    this.#issuer = { ...newKeyPair(), subject };
    this.cert = makeCertificate({
      subject,
      publicKey: this.#issuer.publicKey,
      issuer: this.#issuer,
      from: now - dayMs,
      days: 7300,
      use: 'ca',
      names: ['localhost', 'local', '127.0.0.0/8', '::1'],
    });
  }

  server(more: { readonly days?: number; readonly name?: string } = {}): Pem {
    return this.#issue('server', more.name ?? 'house', ['localhost', '127.0.0.1', '::1'], more.days);
  }

  client(name: string, days?: number): Pem {
    return this.#issue('client', name, ['client.local'], days);
  }

  #issue(use: 'server' | 'client', subject: string, names: readonly string[], days = 397): Pem {
    const { publicKey, privateKey } = newKeyPair();
    const cert = makeCertificate({
      subject,
      publicKey,
      issuer: this.#issuer,
      from: this.#now - 2 * dayMs,
      days,
      use,
      names,
    });
    return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }
}

/** Files of a TLS listener, to be replaced while it runs. */
export class CertificateFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'homerule-tls-'));
  readonly cert = this.path('house.pem');
  readonly key = this.path('house.key');
  readonly ca = this.path('ca.pem');

  path(name: string): string {
    return join(this.folder, name);
  }

  write(authority: CertificateAuthority, pem: Pem): void {
    this.put('ca.pem', authority.cert);
    this.put('house.pem', pem.cert);
    this.put('house.key', pem.key);
  }

  put(name: string, text: string): string {
    writeFileSync(this.path(name), text, { mode: 0o600 });
    return this.path(name);
  }

  delete(): void {
    rmSync(this.folder, { recursive: true });
  }
}
