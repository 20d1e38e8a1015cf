// Where `homerule certificate` puts what it makes; the server and the command line must agree.
import { join } from 'node:path';

export interface CertificatePaths {
  readonly folder: string;
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly caKey: string;
}

export function certificatePaths(dataDir: string): CertificatePaths {
  const folder = join(dataDir, 'tls');
  return {
    folder,
    cert: join(folder, 'house.pem'),
    key: join(folder, 'house.key'),
    ca: join(folder, 'ca.pem'),
    caKey: join(folder, 'ca.key'),
  };
}
