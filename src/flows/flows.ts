// Node-RED as a part of the house: when it runs, what others may ask of it, and what it is told to those who want to know.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowsPort, FlowsRequest, FlowsRestore, FlowsView, StoredFlows } from '../api/index.ts';
import type { Clock, Logger, Part } from '../base/index.ts';
import { askAdmin } from './admin.ts';
import { Deploys } from './deploys.ts';
import { fail } from './errors.ts';
import { doSomething, readFlowFile } from './flow-file.ts';
import { endLeftover, noteProcess } from './leftover.ts';
import type { AuditTold, LogTold, RunnerOrder, Told } from './messages.ts';
import { nodeRedVersion } from './node-red.ts';
import type { FlowsHouse } from './ports.ts';
import { Supervisor, type SupervisorTiming } from './supervisor.ts';

export interface FlowsOptions {
  readonly isEnabled: boolean;
  /** Of the house. */
  readonly dataDir: string;
  /** Where Node-RED listens. */
  readonly socket: string;
  readonly nodesDir: string;
  readonly memoryMb: number;
  readonly patienceMs: number;
  readonly mayInstall: boolean;
  /** What its process finds in its environment: nothing that may hold a secret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly house: FlowsHouse;
  readonly clock: Clock;
  readonly log: Logger;
  /** Other than the usual ones; for tests. */
  readonly timing?: Partial<SupervisorTiming>;
}

const usualTiming = {
  startMs: 60_000,
  stopMs: 3000,
  firstPauseMs: 250,
  longestPauseMs: 30_000,
  crashes: 3,
  crashesWithinMs: 60_000,
} as const;

/** `0 crashed` to `5 running`, for /metrics. */
const stateNumbers = { off: 0, stopped: 1, crashed: 2, safe: 3, starting: 4, running: 5 } as const;

/** Events of Node-RED's audit that change the file of the flows. */
const deployEvents = /^flows?\.(?:set|add|update|remove)$/;

const errorLevel = 20;
const warnLevel = 30;
const infoLevel = 40;

export class Flows implements Part, FlowsPort {
  /** Of the header that says who asks; another one after each start of the house. */
  readonly key = randomBytes(32).toString('base64url');
  readonly #options: FlowsOptions;
  readonly #flowFile: string;
  readonly #userDir: string;
  readonly #noteFile: string;
  readonly #supervisor: Supervisor;
  readonly #deploys: Deploys;
  /** A person stopped it: only a person starts it. */
  #isHeld = false;

  constructor(options: FlowsOptions) {
    const { clock, log, dataDir, memoryMb, environment, patienceMs, timing } = options;
    this.#options = options;
    this.#userDir = join(dataDir, 'nodered');
    this.#noteFile = join(this.#userDir, 'process');
    this.#flowFile = join(this.#userDir, 'flows.json');
    const folder = join(this.#userDir, 'versions');
    this.#deploys = new Deploys({
      ...{ flowFile: this.#flowFile, folder, clock, log },
      credentialFile: join(this.#userDir, 'flows_cred.json'),
      secret: () => options.house.credentialSecret(),
    });
    this.#supervisor = new Supervisor({
      ...{ clock, log, memoryMb },
      environment: { ...environment, HOME: this.#userDir, NODE_ENV: 'production' },
      timing: { ...usualTiming, patienceMs, ...timing },
      order: (isSafe) => this.#order(isSafe),
      began: (pid) => noteProcess(this.#noteFile, pid),
      hear: (message) => this.#hear(message),
      ended: () => this.#deploys.gone(),
    });
  }

  /** Does not wait for Node-RED, and starts it only when there are flows. */
  async start(signal: AbortSignal): Promise<void> {
    const leftover = endLeftover(this.#noteFile);
    if (leftover !== undefined)
      this.#options.log.warn({ pid: leftover }, 'the Node-RED of a house that was killed still ran: ended');
    if (!this.#options.isEnabled) return;
    const flows = await readFlowFile(this.#flowFile);
    signal.throwIfAborted();
    if (flows === 'unreadable' || (flows !== undefined && doSomething(flows))) this.#supervisor.start();
  }

  async stop(): Promise<void> {
    await this.halt();
    await this.#deploys.settled();
  }

  view(): FlowsView {
    const { state, since, pid, rss, restarts, lastFault } = this.#supervisor;
    return {
      state: this.#options.isEnabled ? state : 'off',
      since,
      version: nodeRedVersion,
      ...(pid !== undefined && { pid }),
      ...(rss !== undefined && { rss }),
      restarts,
      ...(lastFault !== undefined && { lastError: lastFault }),
    };
  }

  counters(): Readonly<Record<string, number>> {
    const { state, restarts, rss = 0 } = this.view();
    return { flowsState: stateNumbers[state], flowsRestarts: restarts, flowsRss: rss };
  }

  /** Somebody who may wants something of it. Throws `flows-off`. */
  wake(): void {
    this.#demandEnabled();
    if (this.#supervisor.state === 'stopped' && !this.#isHeld) this.#supervisor.start();
  }

  /** Where Node-RED listens. */
  get socket(): string {
    return this.#options.socket;
  }

  get answers(): boolean {
    return this.#supervisor.answers;
  }

  async run({ isSafe }: { readonly isSafe: boolean }): Promise<void> {
    this.#demandEnabled();
    this.#isHeld = false;
    this.#supervisor.start({ isSafe });
    await this.#supervisor.ready();
  }

  async halt(): Promise<void> {
    this.#isHeld = true;
    await this.#supervisor.stop();
  }

  versions(): Promise<readonly StoredFlows[]> {
    return this.#deploys.list();
  }

  async restore({ version, flows }: StoredFlows, { by, rev }: FlowsRestore): Promise<void> {
    const credentials = await this.#deploys.lostCredentials(version);
    const body = { flows, ...(rev !== undefined && { rev }), ...(credentials && { credentials }) };
    await this.admin({ method: 'POST', path: '/flows', body, by });
  }

  async admin(asked: FlowsRequest): Promise<unknown> {
    this.wake();
    await this.#supervisor.ready();
    const { socket, clock } = this.#options;
    return askAdmin({ socket, clock, key: this.key }, asked);
  }

  #demandEnabled(): void {
    if (!this.#options.isEnabled)
      throw fail('flows-off', 'Node-RED is off: the configuration says flows.enabled: false');
  }

  #order(isSafe: boolean): RunnerOrder {
    const { house, socket, nodesDir, mayInstall, patienceMs } = this.#options;
    this.#deploys.look();
    mkdirSync(this.#userDir, { recursive: true, mode: 0o700 });
    chmodSync(this.#userDir, 0o700);
    return {
      ...{ isSafe, socket, nodesDir, mayInstall },
      userDir: this.#userDir,
      key: this.key,
      credentialSecret: house.credentialSecret(),
      functionSeconds: Math.max(1, patienceMs / 1000 - 1),
      house: house.link(),
    };
  }

  #hear(message: Told): void {
    if (message.tell === 'log') this.#line(message);
    else if (message.tell === 'audit') this.#deed(message);
    else if (message.tell === 'deployed') this.#deploys.look();
  }

  #line({ level, text, node }: LogTold): void {
    const { log } = this.#options;
    const fields = { part: 'node-red', ...(node !== undefined && { node }) };
    if (level <= errorLevel) log.error(fields, text);
    else if (node !== undefined && level <= warnLevel) log.warn(fields, text);
    else if (level <= (node === undefined ? warnLevel : infoLevel)) log.info(fields, text);
    else log.debug(fields, text);
  }

  #deed({ event, by, path, type, isRefused }: AuditTold): void {
    if (deployEvents.test(event) && !isRefused) this.#deploys.announce({ by, type: type || event });
    const action = event.startsWith('flows.') ? event : `flows.${event}`;
    this.#options.house.noted({ who: by, action, target: path, detail: type, isRefused });
  }
}
