// /metrics in Prometheus text: the counters of the house, memory, processor time, event-loop delay.
// Written by hand: prom-client's collectors belong to the process and cannot be given back at stop.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Api } from '../api/index.ts';

export const metricsType = 'text/plain; version=0.0.4';

const loopResolutionMs = 20;

/** `messagesIn`, `broker.messages-in` → `messages_in`, `broker_messages_in`. */
function metricName(counter: string): string {
  return counter
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toLowerCase();
}

function sample(name: string, type: 'gauge' | 'counter' | 'untyped', value: number): string {
  return `# TYPE ${name} ${type}\n${name} ${value}\n`;
}

export class Metrics {
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined;

  start(): void {
    this.#delay = monitorEventLoopDelay({ resolution: loopResolutionMs });
    this.#delay.enable();
  }

  stop(): void {
    this.#delay?.disable();
    this.#delay = undefined;
  }

  /** Event-loop delay is that since the text was last asked for. */
  text(api: Api): string {
    const { counters, startedAt, now } = api.system();
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    const own = Object.entries(counters).map(([name, value]) =>
      sample(`homerule_${metricName(name)}`, 'untyped', value),
    );
    return [
      ...own,
      sample('homerule_uptime_seconds', 'gauge', (now - startedAt) / 1000),
      sample('process_resident_memory_bytes', 'gauge', memory.rss),
      sample('nodejs_heap_size_used_bytes', 'gauge', memory.heapUsed),
      sample('nodejs_external_memory_bytes', 'gauge', memory.external),
      sample('process_cpu_seconds_total', 'counter', (cpu.user + cpu.system) / 1e6),
      ...this.#loopDelay(),
    ].join('');
  }

  #loopDelay(): string[] {
    const delay = this.#delay;
    if (delay === undefined || delay.count === 0) return [];
    const seconds = (nanos: number): number => Math.max(0, nanos / 1e9 - loopResolutionMs / 1000);
    const samples = [
      sample('nodejs_eventloop_lag_p50_seconds', 'gauge', seconds(delay.percentile(50))),
      sample('nodejs_eventloop_lag_p99_seconds', 'gauge', seconds(delay.percentile(99))),
      sample('nodejs_eventloop_lag_max_seconds', 'gauge', seconds(delay.max)),
    ];
    delay.reset();
    return samples;
  }
}
