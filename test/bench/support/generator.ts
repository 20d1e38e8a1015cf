// The process that makes load: gets one job over IPC, answers with its result and ends.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connectPacket, FrameCounter, publishBatch, subscribePacket } from './frames.ts';
import type { Latency, LoadJob, LoadResult } from './load.ts';

const connack = 2;
const publish = 3;
const puback = 4;
const suback = 9;
/** Without progress for so long, what is missing will not come. */
const patienceMs = 5000;

class Wire {
  readonly socket: Socket;
  readonly frames = new FrameCounter();
  onBytes: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.socket.on('data', (bytes) => {
      this.frames.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      this.onBytes();
    });
  }

  static async open(port: number, clientId: string): Promise<Wire> {
    const wire = new Wire(port);
    await once(wire.socket, 'connect');
    await wire.ask(connectPacket(clientId), connack);
    return wire;
  }

  async ask(bytes: Buffer, answer: number): Promise<void> {
    this.socket.write(bytes);
    while ((this.frames.counts[answer] ?? 0) === 0) await once(this.socket, 'data');
  }

  count(type: number): number {
    return this.frames.counts[type] ?? 0;
  }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function latencyOf(samples: readonly number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? 0 };
}

class Load {
  readonly #job: LoadJob;
  readonly #publisher: Wire;
  readonly #subscribers: readonly Wire[];
  readonly #batch: number;
  #sent = 0;
  #lastProgress = 0;
  #lastDone = 0;
  readonly #sentAt: number[] = [];
  readonly #latencies: number[] = [];

  constructor(job: LoadJob, publisher: Wire, subscribers: readonly Wire[]) {
    this.#job = job;
    this.#publisher = publisher;
    this.#subscribers = subscribers;
    this.#batch = Math.max(1, Math.min(200, Math.floor(job.window / 4)));
  }

  async run(): Promise<LoadResult> {
    const start = performance.now();
    this.#lastProgress = start;
    await new Promise<void>((resolve) => {
      const watch = setInterval(() => {
        if (performance.now() - this.#lastProgress > patienceMs) finish();
      }, 100);
      const finish = (): void => {
        clearInterval(watch);
        resolve();
      };
      const onBytes = (): void => {
        this.#note();
        if (this.#isComplete()) finish();
        else if (this.#job.rate === undefined) this.#fill();
      };
      for (const wire of [this.#publisher, ...this.#subscribers]) wire.onBytes = onBytes;
      if (this.#job.rate === undefined) this.#fill();
      else this.#pace(this.#job.rate, start);
    });
    return this.#result((this.#lastProgress - start) / 1000);
  }

  /** What has come full circle, in messages, at the slowest. */
  #done(): number {
    const { qos, subscribers } = this.#job;
    let done = qos === 1 ? this.#publisher.count(puback) : Number.POSITIVE_INFINITY;
    if (subscribers === 0) return done;
    const expected = this.#job.expected ?? this.#job.count;
    const scale = this.#job.count / Math.max(1, expected);
    for (const wire of this.#subscribers) done = Math.min(done, wire.count(publish) * scale);
    return done;
  }

  #isComplete(): boolean {
    return this.#sent >= this.#job.count && this.#done() >= this.#job.count;
  }

  #note(): void {
    const done = this.#done();
    if (done <= this.#lastDone) return;
    this.#lastDone = done;
    this.#lastProgress = performance.now();
    const first = this.#subscribers[0];
    if (this.#job.rate === undefined || first === undefined) return;
    const received = first.count(publish);
    while (this.#latencies.length < received) {
      const sentAt = this.#sentAt[this.#latencies.length];
      if (sentAt === undefined) break;
      this.#latencies.push(this.#lastProgress - sentAt);
    }
  }

  /** Keeps the window full, a batch at a time. */
  #fill(): void {
    const { count, window } = this.#job;
    while (this.#sent < count && this.#sent - this.#done() <= window - this.#batch)
      this.#send(Math.min(this.#batch, count - this.#sent));
  }

  #send(count: number): void {
    const { messages, qos } = this.#job;
    this.#publisher.socket.write(publishBatch(messages, qos, { from: this.#sent, count }));
    this.#sent += count;
  }

  /** Sends what is due each millisecond or so, one write for each message, as devices do. */
  #pace(rate: number, start: number): void {
    const tick = (): void => {
      const due = Math.min(this.#job.count, Math.floor(((performance.now() - start) / 1000) * rate));
      while (this.#sent < due) {
        this.#sentAt.push(performance.now());
        this.#send(1);
      }
      if (this.#sent < this.#job.count) setTimeout(tick, 1);
    };
    tick();
  }

  #result(seconds: number): LoadResult {
    const { count } = this.#job;
    const expected = (this.#job.expected ?? count) * this.#subscribers.length;
    const received = this.#subscribers.reduce((sum, wire) => sum + wire.count(publish), 0);
    const unacknowledged = this.#job.qos === 1 ? count - this.#publisher.count(puback) : 0;
    const result = {
      seconds,
      published: count / seconds,
      delivered: received / seconds,
      missing: Math.max(0, expected - received) + unacknowledged,
    };
    return this.#job.rate === undefined ? result : { ...result, latency: latencyOf(this.#latencies) };
  }
}

async function perform(job: LoadJob): Promise<LoadResult> {
  if (job.qos === 0 && job.subscribers === 0) throw new Error('QoS 0 without subscribers cannot be timed');
  const subscribers: Wire[] = [];
  for (let i = 0; i < job.subscribers; i++) {
    const wire = await Wire.open(job.port, `bench-sub-${i}`);
    await wire.ask(subscribePacket(job.filter, job.qos), suback);
    subscribers.push(wire);
  }
  const publisher = await Wire.open(job.port, 'bench-pub');
  const result = await new Load(job, publisher, subscribers).run();
  for (const wire of [publisher, ...subscribers]) wire.socket.destroy();
  return result;
}

process.once('message', (job: LoadJob) => {
  const answer = perform(job).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: String(error) }),
  );
  void answer.then((reply) => process.send?.(reply, () => process.disconnect()));
});
