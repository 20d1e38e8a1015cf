// The process that makes load: gets one job over IPC, answers with its result and ends.
import { publishBatch, subscribePacket } from './frames.ts';
import type { Latency, LoadJob, LoadResult } from './load.ts';
import { puback, publish, suback, Wire, type WireOptions } from './wire.ts';

/** Without progress for so long, what is missing will not come. */
const patienceMs = 5000;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function latencyOf(samples: readonly number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? 0 };
}

/** One that publishes, and how many it has sent. */
interface Publisher {
  readonly wire: Wire;
  sent: number;
}

class Load {
  readonly #job: LoadJob;
  readonly #publishers: readonly Publisher[];
  readonly #subscribers: readonly Wire[];
  readonly #batch: number;
  #sent = 0;
  #lastProgress = 0;
  #lastDone = 0;
  readonly #sentAt: number[] = [];
  readonly #latencies: number[] = [];

  constructor(job: LoadJob, publishers: readonly Wire[], subscribers: readonly Wire[]) {
    this.#job = job;
    this.#publishers = publishers.map((wire) => ({ wire, sent: 0 }));
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
      for (const { wire } of this.#publishers) wire.onBytes = onBytes;
      for (const wire of this.#subscribers) wire.onBytes = onBytes;
      if (this.#job.rate === undefined) this.#fill();
      else this.#pace(this.#job.rate, start);
    });
    return this.#result((this.#lastProgress - start) / 1000);
  }

  /** What has come full circle, in messages, at the slowest. */
  #done(): number {
    const { qos, subscribers } = this.#job;
    let done = qos === 1 ? this.#acknowledged() : Number.POSITIVE_INFINITY;
    if (subscribers === 0) return done;
    const expected = this.#job.expected ?? this.#job.count;
    const scale = this.#job.count / Math.max(1, expected);
    for (const wire of this.#subscribers) done = Math.min(done, wire.count(publish) * scale);
    return done;
  }

  #acknowledged(): number {
    return this.#publishers.reduce((sum, { wire }) => sum + wire.count(puback), 0);
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

  /** Keeps the windows full, a batch at a time. */
  #fill(): void {
    const { count, window, qos } = this.#job;
    const room = window - this.#batch;
    for (const publisher of this.#publishers) {
      const acknowledged = (): number => (qos === 1 ? publisher.wire.count(puback) : this.#done());
      while (this.#sent < count && publisher.sent - acknowledged() <= room && this.#hasRoom()) {
        this.#send(publisher, Math.min(this.#batch, count - this.#sent));
      }
    }
  }

  /** Whether the slowest subscriber keeps up. */
  #hasRoom(): boolean {
    return this.#sent - this.#done() <= this.#job.window * this.#publishers.length - this.#batch;
  }

  #send(publisher: Publisher, count: number): void {
    const { messages, qos } = this.#job;
    publisher.wire.socket.write(publishBatch(messages, qos, { from: publisher.sent, count }));
    publisher.sent += count;
    this.#sent += count;
  }

  /** Sends what is due each millisecond or so, one write for each message, as devices do. */
  #pace(rate: number, start: number): void {
    const [publisher] = this.#publishers;
    if (publisher === undefined) return;
    const tick = (): void => {
      const due = Math.min(this.#job.count, Math.floor(((performance.now() - start) / 1000) * rate));
      while (this.#sent < due) {
        this.#sentAt.push(performance.now());
        this.#send(publisher, 1);
      }
      if (this.#sent < this.#job.count) setTimeout(tick, 1);
    };
    tick();
  }

  #result(seconds: number): LoadResult {
    const { count } = this.#job;
    const expected = (this.#job.expected ?? count) * this.#subscribers.length;
    const received = this.#subscribers.reduce((sum, wire) => sum + wire.count(publish), 0);
    const unacknowledged = this.#job.qos === 1 ? count - this.#acknowledged() : 0;
    const result = {
      seconds,
      published: count / seconds,
      delivered: received / seconds,
      missing: Math.max(0, expected - received) + unacknowledged,
    };
    if (this.#job.rate === undefined) return result;
    return { ...result, latency: latencyOf(this.#latencies.slice(this.#job.unsampled)) };
  }
}

/** A subscriber without a past. */
async function subscriberOf(job: LoadJob, number: number): Promise<Wire> {
  const { port, qos, filter, isKept = false } = job;
  const introduction = { port, id: `bench-sub-${number}`, isReceiver: qos === 1 };
  await forget(introduction);
  const wire = await Wire.open({ ...introduction, isKept });
  await wire.ask(subscribePacket(filter, qos), suback);
  return wire;
}

/** Ends what an earlier connection left of its session. */
async function forget(introduction: WireOptions): Promise<void> {
  (await Wire.open(introduction)).socket.destroy();
}

async function perform(job: LoadJob): Promise<LoadResult> {
  if (job.qos === 0 && job.subscribers === 0) throw new Error('QoS 0 without subscribers cannot be timed');
  const subscribers: Wire[] = [];
  for (let i = 0; i < job.subscribers; i++) subscribers.push(await subscriberOf(job, i));
  const publishers: Wire[] = [];
  for (let i = 0; i < (job.publishers ?? 1); i++) {
    publishers.push(await Wire.open({ port: job.port, id: `bench-pub-${i}` }));
  }
  const result = await new Load(job, publishers, subscribers).run();
  for (const wire of [...publishers, ...subscribers]) wire.socket.destroy();
  if (job.isKept)
    for (let i = 0; i < job.subscribers; i++) await forget({ port: job.port, id: `bench-sub-${i}` });
  return result;
}

process.once('message', (job: LoadJob) => {
  const answer = perform(job).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: String(error) }),
  );
  void answer.then((reply) => process.send?.(reply, () => process.disconnect()));
});
