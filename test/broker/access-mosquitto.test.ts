// The same password and ACL files in mosquitto and here: every user, topic and access must get the same answer.
// Files are generated with a fixed seed; one mosquitto process reads them one after another.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { login, type NamedConnect, passwordOf, quickHash } from '../support/access.ts';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { testWith } from '../support/peers.ts';
import { publishBytes, type RawClient, subscribeBytes } from '../support/raw-client.ts';

const program = ['/usr/sbin/mosquitto', 'mosquitto'].find(
  (command) => spawnSync(command, ['-h'], { stdio: 'ignore' }).error === undefined,
);
const testWithMosquitto = testWith('mosquitto', program !== undefined, 'apt install mosquitto');

const seed = 20261122;
const rounds = 4;
const users = ['ann', 'bob', 'eve', 'c+d', 'lamp'];
const levels = ['a', 'b', 'c', 'ann', 'bob', 'x1'];
/** Everything the probes publish to; the watcher may read and write it all. */
const watcher = 'watcher';

interface Files {
  readonly passwords: string;
  readonly acl: string;
  readonly topics: readonly string[];
}

const level = fc.constantFrom(...levels);
const topic = fc.array(level, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const filterOf = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([parts, isOpen]) => [...parts, ...(isOpen ? ['#'] : [])].join('/'));
const plainFilter = filterOf(
  fc.oneof({ weight: 3, arbitrary: level }, { weight: 1, arbitrary: fc.constant('+') }),
);
const pattern = filterOf(
  fc.oneof({ weight: 2, arbitrary: level }, { weight: 2, arbitrary: fc.constantFrom('%u', '%c', '+') }),
);
const word = fc.constantFrom('', 'read ', 'write ', 'readwrite ', 'deny ');
const topicLine = fc.tuple(word, plainFilter).map(([access, filter]) => `topic ${access}${filter}`);
const patternLine = fc.tuple(word, pattern).map(([access, filter]) => `pattern ${access}${filter}`);
const userLine = fc.constantFrom(...users).map((user) => `user ${user}`);

const aclText = fc
  .tuple(
    fc.array(topicLine, { maxLength: 4 }),
    fc.array(fc.oneof({ weight: 4, arbitrary: topicLine }, userLine, patternLine), {
      minLength: 8,
      maxLength: 24,
    }),
    fc.boolean(),
  )
  .map(([first, rest, hasPatterns]) => {
    const kept = hasPatterns ? rest : rest.filter((line) => !line.startsWith('pattern'));
    return [...first, ...kept, `user ${watcher}`, 'topic readwrite #', ''].join('\n');
  });

const files: fc.Arbitrary<Files> = fc
  .tuple(aclText, fc.uniqueArray(topic, { minLength: 14, maxLength: 14 }))
  .map(([acl, topics]) => ({
    acl,
    topics,
    passwords: [...users, watcher].map((user) => `${user}:${quickHash(passwordOf(user))}\n`).join(''),
  }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One mosquitto for all files: SIGHUP makes it read them again. */
class Peer {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #look = new Set<() => void>();

  constructor(port: number, conf: string) {
    this.port = port;
    this.#child = spawn(program ?? 'mosquitto', ['-v', '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
    const { stderr } = this.#child;
    if (stderr === null) throw new Error('mosquitto has no log');
    createInterface(stderr).on('line', (line) => {
      this.#lines.push(line);
      for (const look of this.#look) look();
    });
  }

  async logged(pattern: RegExp, times: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.#lines.filter((line) => pattern.test(line)).length < times) return;
        this.#look.delete(look);
        resolve();
      };
      this.#look.add(look);
      look();
    });
  }

  async reload(times: number): Promise<void> {
    this.#child.kill('SIGHUP');
    await this.logged(/Reloading config/, times);
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill();
    await gone;
  }
}

interface Probe {
  readonly port: number;
  readonly topics: readonly string[];
}

async function enter(port: number, options: NamedConnect): Promise<RawClient> {
  const { client, code } = await login(port, options);
  expect(code).toBe(0);
  return client;
}

async function subscribeAll(client: RawClient): Promise<void> {
  client.send(subscribeBytes('#'));
  await client.next('suback');
}

/** `topic payload` of what came, but for what a broker says by itself. */
function heard(client: RawClient): string[] {
  return client.got('publish').flatMap((packet) => {
    if (!('topic' in packet) || packet.topic.startsWith('homerule/')) return [];
    return [`${packet.topic} ${String(packet.payload)}`];
  });
}

/** Each of them publishes to every topic, then one who may do everything does; what each hears is the answer. */
async function answersOf({ port, topics }: Probe): Promise<string[]> {
  const answers: string[] = [];
  const all = await enter(port, { user: watcher });
  await subscribeAll(all);
  const names = [...users, undefined];
  const clients: [string, RawClient][] = [];
  for (const user of names) {
    const client = await enter(port, {
      id: user === 'bob' ? 'x1' : 'a',
      ...(user !== undefined && { user, id: `x${users.indexOf(user)}` }),
    });
    await subscribeAll(client);
    clients.push([user ?? 'anonymous', client]);
  }
  for (const [name, client] of clients) {
    topics.forEach((to, index) => {
      client.send(publishBytes({ topic: to, payload: `by ${name}`, qos: 1, id: index + 1 }));
    });
    await client.atLeast(topics.length, 'puback');
  }
  await all.settled();
  answers.push(...heard(all).map((line) => `write ${line}`));
  for (const [, client] of clients) await client.settled();
  const before = clients.map(([, client]) => heard(client).length);
  for (const to of topics) all.send(publishBytes({ topic: to, payload: 'read' }));
  await all.settled();
  for (const [index, [name, client]] of clients.entries()) {
    await client.settled();
    answers.push(
      ...heard(client)
        .slice(before[index])
        .map((line) => `${name} ${line}`),
    );
    client.destroy();
  }
  all.destroy();
  return answers.sort((a, b) => (a < b ? -1 : 1));
}

describe('the same files in mosquitto and here', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homerule-acl-'));
  const passwordFile = join(folder, 'users');
  const aclFile = join(folder, 'acl');
  const samples = fc.sample(files, { seed, numRuns: rounds });
  let peer: Peer | undefined;
  let house: TestBroker | undefined;

  const write = (sample: Files | undefined): void => {
    writeFileSync(passwordFile, sample?.passwords ?? '', { mode: 0o644 });
    writeFileSync(aclFile, sample?.acl ?? '', { mode: 0o644 });
  };

  beforeAll(async () => {
    if (program === undefined) return;
    write(samples[0]);
    const port = await freePort();
    const conf = join(folder, 'conf');
    const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', `password_file ${passwordFile}`];
    const owner = process.getuid?.() === 0 ? ['user root'] : [];
    writeFileSync(conf, [...lines, `acl_file ${aclFile}`, ...owner, ''].join('\n'));
    peer = new Peer(port, conf);
    await peer.logged(/mosquitto version \S+ running/, 1);
    house = await startBroker({ access: { allowAnonymous: true, passwordFile, aclFile } });
  });

  afterAll(async () => {
    await peer?.stop();
    await house?.stop();
    rmSync(folder, { recursive: true });
  });

  testWithMosquitto('give the same answers', async () => {
    if (peer === undefined || house === undefined) throw new Error('no peer');
    let allowed = 0;
    for (const [index, sample] of samples.entries()) {
      write(sample);
      if (index > 0) {
        await peer.reload(index);
        await house.broker.access.reload();
      }
      const { topics, acl } = sample;
      const theirs = await answersOf({ port: peer.port, topics });
      const ours = await answersOf({ port: house.mqttPort, topics });
      expect(ours, `seed ${seed}, file ${index}:\n${acl}`).toEqual(theirs);
      allowed += ours.length;
    }
    const probes = rounds * (users.length + 1) * 14 * 2;
    console.log(`${probes} probes, ${allowed} of them allowed, the same in mosquitto and here`);
    expect(allowed).toBeGreaterThan(probes / 10);
    expect(allowed).toBeLessThan((probes * 9) / 10);
  });
});
