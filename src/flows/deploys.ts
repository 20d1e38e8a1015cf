// The last deploys: a file each beside the flows, because that is what they are copies of. Written when Node-RED says that it
// deployed, or ended while it did, by comparing its file with the newest that is kept.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { StoredFlows } from '../api/index.ts';
import { type Clock, type Logger, messageOf } from '../base/index.ts';
import { type Credentials, opened, readCredentialFile, sealedCredentials } from './credential-file.ts';
import { doSomething, readFlowFile } from './flow-file.ts';

export interface DeploysOptions {
  /** Of Node-RED. */
  readonly flowFile: string;
  /** Beside it. */
  readonly credentialFile: string;
  /** That opens it. */
  readonly secret: () => string;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who deploys, and how; told before the file changes. */
export interface Author {
  readonly by: string;
  readonly type: string;
}

const mostKept = 20;
const fileName = /^(\d{8})\.json$/;
const found: Author = { by: '', type: 'found' };

const stored = z.object({
  version: z.int().min(1),
  at: z.number(),
  by: z.string(),
  type: z.string(),
  flows: z.array(z.looseObject({ id: z.string(), type: z.string() })),
  /** As Node-RED sealed them. */
  credentials: sealedCredentials.exactOptional(),
});
type Kept = z.infer<typeof stored>;

function nameOf(version: number): string {
  return `${String(version).padStart(8, '0')}.json`;
}

export class Deploys {
  readonly #options: DeploysOptions;
  /** Of every change until the next is told: while Node-RED runs, nobody else writes its file. */
  #author = found;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: DeploysOptions) {
    this.#options = options;
  }

  /** Oldest first, with what is there now. One that cannot be read is left out. */
  async list(): Promise<readonly StoredFlows[]> {
    this.look();
    await this.#turn;
    return (await this.#all()).map(({ credentials: _, ...one }) => one);
  }

  /** What was typed into nodes of that deploy that are not there now; what the others have, stays. */
  async lostCredentials(version: number): Promise<Credentials | undefined> {
    await this.#turn;
    const kept = (await this.#all()).find((one) => one.version === version);
    const credentials = kept && this.#opened(kept);
    const present = await readFlowFile(this.#options.flowFile);
    if (kept === undefined || credentials === undefined || present === 'unreadable') return undefined;
    const there = new Set(present?.map(({ id }) => id));
    const lost = kept.flows.filter(({ id }) => !there.has(id) && Object.hasOwn(credentials, id));
    return lost.length === 0 ? undefined : Object.fromEntries(lost.map(({ id }) => [id, credentials[id]]));
  }

  /** A deploy begins. */
  announce(author: Author): void {
    this.#author = author;
  }

  /** The file may be another one now. */
  look(): void {
    const author = this.#author;
    this.#turn = this.#turn
      .then(() => this.#keep(author))
      .catch((error: unknown) =>
        this.#options.log.error({ error: messageOf(error) }, 'a deploy of the flows could not be kept'),
      );
  }

  /** Node-RED is gone: whoever changes the file from now on, nobody tells. */
  gone(): void {
    this.look();
    this.#author = found;
  }

  /** Resolves when all that was told is on disk. */
  settled(): Promise<void> {
    return this.#turn;
  }

  async #keep(author: Author): Promise<void> {
    const { flowFile, credentialFile, folder, clock } = this.#options;
    const [flows, sealed] = await Promise.all([readFlowFile(flowFile), readCredentialFile(credentialFile)]);
    const all = await this.#all();
    const last = all.at(-1);
    if (flows === undefined || flows === 'unreadable') return;
    if (last === undefined && !doSomething(flows)) return;
    const credentials = sealed && { credentials: sealed };
    if (last !== undefined && isDeepStrictEqual(last.flows, flows))
      return this.#keepCredentials(last, { ...last, ...credentials });
    const version = (last?.version ?? 0) + 1;
    await this.#write({ version, at: clock.now(), ...author, flows: [...flows], ...credentials });
    const tooOld = all.slice(0, Math.max(0, all.length + 1 - mostKept));
    for (const old of tooOld) await rm(join(folder, nameOf(old.version)), { force: true });
  }

  /** Something else was typed into the same nodes. Fewer are those of a deploy that is being written just now. */
  async #keepCredentials(last: Kept, now: Kept): Promise<void> {
    if (last.credentials?.$ === now.credentials?.$) return;
    const [before, after] = [this.#opened(last) ?? {}, this.#opened(now) ?? {}];
    if (Object.keys(before).every((id) => Object.hasOwn(after, id))) await this.#write(now);
  }

  #opened({ credentials }: Kept): Credentials | undefined {
    return credentials && opened(credentials, this.#options.secret());
  }

  async #write(kept: Kept): Promise<void> {
    const { folder } = this.#options;
    const path = join(folder, nameOf(kept.version));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify(kept), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  async #all(): Promise<readonly Kept[]> {
    const names = await this.#names();
    const all = await Promise.all(names.map((name) => this.#read(name)));
    return all.filter((one) => one !== undefined);
  }

  async #names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.#options.folder)).filter((name) => fileName.test(name)).sort();
    } catch {
      return []; // nothing was deployed yet
    }
  }

  async #read(name: string): Promise<Kept | undefined> {
    try {
      return stored.parse(JSON.parse(await readFile(join(this.#options.folder, name), 'utf8')));
    } catch (error) {
      this.#options.log.warn({ name, error: messageOf(error) }, 'a kept deploy of the flows cannot be read');
      return undefined;
    }
  }
}
