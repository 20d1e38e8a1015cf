// Load on a broker from a process of its own: raw sockets, prepared bytes. Used by every benchmark that speaks MQTT.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchMessage } from './frames.ts';

export interface LoadJob {
  readonly port: number;
  /** Published in turn, `count` times altogether. */
  readonly messages: readonly BenchMessage[];
  readonly count: number;
  readonly qos: 0 | 1;
  /** How many of each publisher may be under way: not acknowledged (QoS 1), or not received by the slowest subscriber. */
  readonly window: number;
  /** One when absent; they share `count`. */
  readonly publishers?: number;
  /** 0: nobody listens, and the publishes are timed by their acknowledgements (QoS 1). */
  readonly subscribers: number;
  /** Whether the sessions of the subscribers outlive their connections. */
  readonly isKept?: boolean;
  readonly filter: string;
  /** Messages that each subscriber gets when all went well; `count` when absent. */
  readonly expected?: number;
  /** Publishes each second, for a sample of latencies; as fast as the window lets when absent. */
  readonly rate?: number;
  /** So many of the first are no sample: this process compiles its own code meanwhile. */
  readonly unsampled?: number;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadResult {
  readonly seconds: number;
  /** Messages published each second until the last one arrived or was acknowledged. */
  readonly published: number;
  /** Messages received each second by all subscribers together. */
  readonly delivered: number;
  /** Messages that never came. */
  readonly missing: number;
  /** Milliseconds from sending to receiving, with `rate` only: the n-th sent is taken for the n-th received. */
  readonly latency?: Latency;
}

type Reply = { readonly result: LoadResult } | { readonly error: string };

const generator = fileURLToPath(new URL('./generator.ts', import.meta.url));

/** Runs one job in a fresh process. Rejects when the generator fails. */
export function runLoad(job: LoadJob): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(generator, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('error', reject);
    child.on('message', (reply: Reply) => {
      if ('result' in reply) resolve(reply.result);
      else reject(new Error(reply.error));
    });
    child.on('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(job);
  });
}
