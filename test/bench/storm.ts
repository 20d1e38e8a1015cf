// Two hundred clients after a restart of their broker: how long until each has its CONNACK and is subscribed again.
// The whole built house against mosquitto; medians of interleaved rounds, nothing is gated on them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../src/base/index.ts';
import { startHouse } from '../support/house.ts';
import { median, printTable } from './support/figures.ts';
import { benchEnvironment, buildServer } from './support/house-subject.ts';
import { startMosquitto } from './support/mosquitto.ts';
import { freePort } from './support/peer.ts';
import { Storm, type StormClient, type StormFigures } from './support/storm.ts';

const size = 200;
/** What mosquitto_passwd 2.0 writes. */
const mosquittoRounds = 101;
const names = Array.from({ length: size }, (_, n) => `device-${n}`);

type Passwords = 'none' | 'made by the house' | 'chosen by people';
const kinds: readonly Passwords[] = ['none', 'made by the house', 'chosen by people'];

interface Subject {
  readonly name: string;
  readonly port: number;
  readonly clients: readonly StormClient[];
  /** Starts it; resolves with what stops it. */
  start(): Promise<() => Promise<unknown>>;
  /** Removes what it left. */
  clear(): void;
}

const clientOf = (id: string, password?: string): StormClient =>
  password === undefined ? { id } : { id, login: { username: id, password } };

interface AddedUser {
  readonly password?: string;
}

/** Adds a user over the API and returns its password. */
async function addUser(url: string, name: string, chosen?: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, ...(chosen !== undefined && { password: chosen }) }),
  });
  if (!answer.ok) throw new Error(`user ${name} was refused: ${await answer.text()}`);
  const { password = chosen } = (await answer.json()) as AddedUser;
  return password ?? '';
}

async function ourHouse(passwords: Passwords): Promise<Subject> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-storm-'));
  const port = await freePort();
  const start = async () => {
    const flags = ['--mqtt-port', `${port}`];
    return startHouse({ isBuilt: true, dataDir, flags, env: benchEnvironment });
  };
  const house = await start();
  const login = async (name: string): Promise<StormClient> => {
    if (passwords === 'none') return clientOf(name);
    const chosen = passwords === 'chosen by people' ? `secret of ${name}` : undefined;
    return clientOf(name, await addUser(house.url, name, chosen));
  };
  const clients = await Promise.all(names.map(login));
  await house.stop();
  return {
    name: 'homerule',
    port,
    clients,
    start: async () => (await start()).stop,
    clear: () => rmSync(dataDir, { recursive: true }),
  };
}

async function mosquitto(passwords: Passwords): Promise<Subject | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-storm-'));
  const file = join(folder, 'passwords');
  const password = (name: string): string => `secret of ${name}`;
  const line = async (name: string) => `${name}:${await hashPassword(password(name), mosquittoRounds)}\n`;
  writeFileSync(file, (await Promise.all(names.map(line))).join(''));
  const access = passwords === 'none' ? [] : ['allow_anonymous false', `password_file ${file}`];
  const port = await freePort();
  const start = async () => startMosquitto({ port, settings: ['persistence true', ...access] });
  const first = await start();
  await first?.stop();
  if (first === undefined) return undefined;
  return {
    name: 'mosquitto',
    port,
    clients: names.map((name) => clientOf(name, passwords === 'none' ? undefined : password(name))),
    start: async () => (await start())?.stop ?? (async () => undefined),
    clear: () => rmSync(folder, { recursive: true }),
  };
}

async function stormOn(subject: Subject): Promise<StormFigures> {
  const storm = new Storm(subject.port, subject.clients).run();
  const started = subject.start();
  try {
    return await storm;
  } finally {
    const stop = await started;
    await stop();
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

function rowOf(passwords: Passwords, subject: Subject, figures: readonly StormFigures[]): string[] {
  const all = median(figures.map(({ backMs }) => backMs.at(-1) ?? Number.NaN));
  const half = median(figures.map(({ backMs }) => median(backMs)));
  const storm = median(figures.map(({ stormMs }) => stormMs));
  const target = subject.name === 'homerule' ? '≤ 5 s' : '';
  return [passwords, subject.name, seconds(half), seconds(all), seconds(storm), target];
}

async function rowsOf(passwords: Passwords, rounds: number): Promise<string[][]> {
  const subjects = [await ourHouse(passwords), await mosquitto(passwords)].filter((one) => one !== undefined);
  const figures = new Map<Subject, StormFigures[]>(subjects.map((subject) => [subject, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const subject of subjects) figures.get(subject)?.push(await stormOn(subject));
    }
  } finally {
    for (const subject of subjects) subject.clear();
  }
  return [...figures].map(([subject, found]) => rowOf(passwords, subject, found));
}

export async function run(options: { readonly quick: boolean }): Promise<void> {
  buildServer();
  const rows = [['passwords', '', 'half are back', 'all are back', 'from the first connection', 'target']];
  for (const passwords of kinds) rows.push(...(await rowsOf(passwords, options.quick ? 1 : 5)));
  printTable(
    `broker: ${size} clients after a restart, CONNECT to SUBACK, from the start of the process`,
    rows,
  );
}
