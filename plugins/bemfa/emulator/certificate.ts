// A certificate of its own for an emulator that was given none; clients must be told not to check it, as most are.
import { hostname } from 'node:os';
import { type Clock, makeCertificate, newKeyPair } from '../../../src/base/index.ts';
import type { TlsFiles } from './stream-door.ts';

const days = 3650;
const names = ['bemfa.com', '*.bemfa.com', 'localhost', '127.0.0.1', '::1'];

export function selfSigned(clock: Clock): TlsFiles {
  const pair = newKeyPair();
  const cert = makeCertificate({
    subject: 'Bemfa emulator',
    publicKey: pair.publicKey,
    issuer: { ...pair, subject: 'Bemfa emulator' },
    from: clock.now(),
    days,
    use: 'server',
    names: [...names, hostname()],
  });
  return { cert, key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
