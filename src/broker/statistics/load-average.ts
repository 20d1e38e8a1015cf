// How often something happens in a minute, averaged over the last 1, 5 and 15: exponential, as the load of a system.
const spans = [
  ['1min', 60_000],
  ['5min', 300_000],
  ['15min', 900_000],
] as const;

export type Span = (typeof spans)[number][0];

const minuteMs = 60_000;

export class LoadAverage {
  #total = 0;
  #loads: readonly number[] = spans.map(() => 0);

  /** `total`: how often it happened at all; `elapsedMs`: since the last call, or the start. */
  update(total: number, elapsedMs: number): void {
    if (elapsedMs <= 0) return;
    const perMinute = ((total - this.#total) * minuteMs) / elapsedMs;
    this.#total = total;
    this.#loads = spans.map(([, ms], i) => {
      const before = this.#loads[i] ?? 0;
      return perMinute + Math.exp(-elapsedMs / ms) * (before - perMinute);
    });
  }

  values(): [span: Span, load: number][] {
    return spans.map(([span], i) => [span, this.#loads[i] ?? 0]);
  }
}
