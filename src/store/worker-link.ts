// The main thread's end of the line to a worker. Knows no rows: it sends operations and hands back answers.
import { type Transferable, Worker } from 'node:worker_threads';
import { HomeruleError, messageOf } from '../base/index.ts';
import { storeError } from './errors.ts';
import type { Fault, Operations, OperationTable, SetAside } from './protocol.ts';

/** As the answers arrive; `never` because only who asked knows the type. */
type Answer =
  | { readonly id: number; readonly output: never }
  | { readonly id: number; readonly fault: Fault }
  | { readonly setAside: SetAside };

interface Waiting {
  readonly done: (output: never) => void;
  readonly failed: (error: HomeruleError) => void;
}

/** What to do with the answer; exactly one of the two is called, in the turn in which it arrives. */
export interface Reply<Out> {
  readonly done: (output: Out) => void;
  readonly failed: (error: HomeruleError) => void;
}

export interface LinkOptions {
  /** The file of the worker, beside this one, without its ending. */
  readonly file: 'worker' | 'reader' | 'keeper';
  readonly setAside: (moved: SetAside) => void;
  /** The worker ended although nobody asked it to. */
  readonly died: (error: HomeruleError) => void;
}

export class WorkerLink<Table extends OperationTable<Table> = Operations> {
  readonly #options: LinkOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #isClosing = false;
  #lastId = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  start(): void {
    // Run from source by type stripping, or compiled: the worker has the same ending as this file.
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const { file } = this.#options;
    const name = file === 'worker' ? 'store' : `store-${file}`;
    const worker = new Worker(new URL(`./${file}.${ending}`, import.meta.url), { name });
    worker.on('message', (answer: Answer) => this.#answered(answer));
    worker.on('error', (error) => this.#ended(worker, `the store's ${file} failed: ${messageOf(error)}`));
    worker.on('exit', (code) => this.#ended(worker, `the store's ${file} ended with code ${code}`));
    this.#worker = worker;
    this.#isClosing = false;
  }

  send<Name extends keyof Table & string>(
    operation: Name,
    message: { readonly input: Table[Name]['in']; readonly transfer?: readonly Transferable[] },
    reply: Reply<Table[Name]['out']>,
  ): void {
    const worker = this.#worker;
    if (worker === undefined) {
      queueMicrotask(() => reply.failed(storeError('store-stopped', 'the store is not running')));
      return;
    }
    const id = ++this.#lastId;
    this.#waiting.set(id, reply);
    worker.postMessage({ id, operation, input: message.input }, [...(message.transfer ?? [])]);
  }

  ask<Name extends keyof Table & string>(
    operation: Name,
    input: Table[Name]['in'],
  ): Promise<Table[Name]['out']> {
    return new Promise((done, failed) => this.send(operation, { input }, { done, failed }));
  }

  /** Resolves when the thread is gone. Answers that are still owed become failures. */
  async end(): Promise<void> {
    this.#isClosing = true;
    const worker = this.#worker;
    await worker?.terminate();
    if (this.#worker === worker) this.#worker = undefined;
  }

  #answered(answer: Answer): void {
    if ('setAside' in answer) {
      this.#options.setAside(answer.setAside);
      return;
    }
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('output' in answer) waiting?.done(answer.output);
    else waiting?.failed(errorOf(answer.fault));
  }

  #ended(worker: Worker, text: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const error = storeError('store-stopped', text);
    const owed = [...this.#waiting.values()];
    this.#waiting.clear();
    if (!this.#isClosing) this.#options.died(error);
    for (const waiting of owed) waiting.failed(error);
  }
}

function errorOf(fault: Fault): HomeruleError {
  return new HomeruleError(fault.code, fault.kind, fault.message, { details: fault.details });
}
