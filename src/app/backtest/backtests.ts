// Backtests of the running house: each in a thread of its own that is handed the record chunk by chunk. Few at once.
import { Worker } from 'node:worker_threads';
import { type BacktestPort, type BacktestTask, apiFault as fail } from '../../api/index.ts';
import { HomeruleError, messageOf, parseDuration, VirtualClock } from '../../base/index.ts';
import { leftBehind, type PastEvent, Payload, recollect } from '../../devices/index.ts';
import type { BacktestResult, Incomplete } from '../../rules/index.ts';
import type { Missing, PastStart } from '../../store/index.ts';
import type { Parts } from '../parts.ts';
import type { BacktestBrief, FromBacktest, ToBacktest, ToldEvent, ToldPast } from './messages.ts';
import { Turns } from './turns.ts';

type How = Parameters<BacktestPort['run']>[1];

/** Each that runs has a thread, and the machine has few. */
const limits = { running: 2, waiting: 8 };
const mostMegabytes = 1024;
/** Most of what a message leaves behind is gone with the next. */
const youngMegabytes = 48;

export class Backtests implements BacktestPort {
  readonly #parts: Parts;
  readonly #turns = new Turns(limits);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(task: BacktestTask, how: How): Promise<BacktestResult> {
    await this.#turns.take(how.signal);
    try {
      return await this.#inThread(await this.#brief(task), how);
    } finally {
      this.#turns.giveBack();
    }
  }

  async #brief(task: BacktestTask): Promise<BacktestBrief> {
    const { store, home, ground, devices } = this.#parts;
    const { config } = ground;
    const start = await store.past.start(task.from);
    const { breaker } = config.rules;
    const { zone, place } = home;
    return {
      task,
      start,
      home: { zone, place, calendar: config.calendar, discovery: config.devices },
      functions: home.functions.list(),
      breaker: { runs: breaker.runs, inMs: parseDuration(breaker.in) },
      secrets: home.secrets.list().map((row) => ({ ...row, value: home.secrets.value(row.name) ?? '' })),
      deviceChanges: leftBehind(devices).deviceChanges,
      past: await this.#recollected(task, start),
      incomplete: (await store.past.missing(start, task)).map(incompleteOf),
    };
  }

  /** What windows of time reach back to, from where the replay begins. */
  async #recollected({ past }: BacktestTask, { seq, at }: PastStart): Promise<readonly ToldPast[]> {
    const { journal, history } = this.#parts.store;
    const wanted = past.map((one) => ({ ...one, before: seq + 1 }));
    const found = await recollect({ journal, history, clock: new VirtualClock(at) }, wanted);
    return found.map((one) => ({ ...one, told: one.told?.map(toldEventOf) }));
  }

  #inThread(brief: BacktestBrief, { signal, progress }: How): Promise<BacktestResult> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<BacktestResult>();
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./worker.${ending}`, import.meta.url), {
      name: 'backtest',
      workerData: brief,
      transferList: buffersOf(brief.start.data),
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    });
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: FromBacktest) => {
      if ('after' in message) void this.#hand(worker, brief, message.after).catch(reject);
      else if ('share' in message) progress(message.share);
      else if ('result' in message) resolve(message.result);
      else reject(new HomeruleError(message.fault.code, message.fault.kind, message.fault.message));
    });
    worker.on('error', (error) => reject(fail('backtest-failed', messageOf(error), { cause: error })));
    worker.on('exit', () => reject(fail('backtest-failed', 'the thread of the backtest ended')));
    return promise.finally(async () => {
      signal.removeEventListener('abort', abort);
      await worker.terminate();
    });
  }

  async #hand(worker: Worker, { task, start }: BacktestBrief, after: number): Promise<void> {
    const range = { from: start.at, to: task.to, after };
    const chunk = (await this.#parts.store.past.chunk(range)) ?? null;
    worker.postMessage({ chunk } satisfies ToBacktest, chunk === null ? [] : buffersOf(chunk.data));
  }
}

/** What moves to the other thread instead of being copied; nobody here looks at it again. */
function buffersOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  const isOwn = buffer instanceof ArrayBuffer && byteLength > 0 && buffer.byteLength === byteLength;
  return isOwn ? [buffer] : [];
}

function incompleteOf({ reason, from, to, filter, lost }: Missing): Incomplete {
  return {
    reason,
    from,
    to,
    ...(filter !== undefined && { filter }),
    ...(lost !== undefined && { count: lost }),
  };
}

function toldEventOf(event: PastEvent): ToldEvent {
  if (!('payload' in event)) return event;
  const { at, payload } = event;
  return payload instanceof Payload ? { at, bytes: payload.bytes } : { at, value: payload.value };
}
