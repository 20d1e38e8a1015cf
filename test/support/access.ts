// Users, rules and clients with names, for tests of access.
import { pbkdf2Sync } from 'node:crypto';
import type { AclRow, UserRow } from '../../src/broker/index.ts';
import { bytesOf, RawClient } from './raw-client.ts';

/** A `$7$` hash with one round: tests have no time to be slow. */
export function quickHash(password: string, salt = Buffer.alloc(12, 7)): string {
  const key = pbkdf2Sync(password, salt, 1, 64, 'sha512');
  return `$7$1$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** The password is the name backwards unless said otherwise. */
export function userRow(name: string, more: Partial<UserRow> & { readonly secret?: string } = {}): UserRow {
  const { secret = passwordOf(name), ...rest } = more;
  const password = quickHash(secret);
  return { name, role: 'device', password, enabled: true, createdAt: 0, changedAt: 0, ...rest };
}

export function passwordOf(name: string): string {
  return [...name].reverse().join('');
}

export function aclRow(user: string, access: AclRow['access'], filter: string): AclRow {
  return { id: `${user} ${access} ${filter}`, user, access, filter, at: 0 };
}

/** Rows kept in a map, as a disk would keep them. */
export class RowsDouble<Row> {
  readonly rows = new Map<string, Row>();
  readonly #keyOf: (row: Row) => string;

  constructor(keyOf: (row: Row) => string, rows: readonly Row[] = []) {
    this.#keyOf = keyOf;
    for (const row of rows) this.put(row);
  }

  put(row: Row): void {
    this.rows.set(this.#keyOf(row), row);
  }

  delete(key: string): void {
    this.rows.delete(key);
  }

  async all(): Promise<Row[]> {
    return [...this.rows.values()];
  }
}

export interface NamedConnect {
  readonly id?: string;
  readonly user?: string;
  readonly password?: string | Buffer;
  readonly version?: 4 | 5;
  readonly clean?: boolean;
  readonly will?: {
    readonly topic: string;
    readonly payload: string;
    readonly qos?: 0 | 1;
    readonly retain?: boolean;
  };
}

export function namedConnectBytes(options: NamedConnect): Buffer {
  const { user, id = user ?? 'nobody', version = 4, clean = true, will } = options;
  const password = options.password ?? (user === undefined ? undefined : passwordOf(user));
  return bytesOf(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: version,
      clientId: id,
      clean,
      keepalive: 0,
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && user !== undefined && { password }),
      ...(will && { will: { qos: 0, retain: false, ...will } }),
    },
    version,
  );
}

export interface Login {
  readonly client: RawClient;
  /** Of the CONNACK: 0 is welcome. */
  readonly code: number;
}

/** Connects with a name and waits for the answer. */
export async function login(port: number, options: NamedConnect): Promise<Login> {
  const client = await RawClient.greet(port, namedConnectBytes(options), options.version ?? 4);
  const connack = await client.next('connack');
  const code =
    'reasonCode' in connack && connack.reasonCode !== undefined
      ? connack.reasonCode
      : 'returnCode' in connack
        ? connack.returnCode
        : -1;
  return { client, code: Number(code) };
}
