// What is summed up over samples: two stretches of time that follow one another add up to one.

/** true counts as 1 and false as 0; whatever else is no number has no part in means and sums. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

export class Figures {
  /** Milliseconds for which there was a value, and for which it was a number. */
  knownMs = 0;
  numericMs = 0;
  /** Numbers times the milliseconds for which they stood. */
  integral = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  /** Of messages. */
  sum = 0;
  count = 0;
  changes = 0;

  /** A value stood for so long. */
  hold(value: unknown, ms: number): void {
    this.knownMs += ms;
    const number = numberOf(value);
    if (number === undefined) return;
    this.numericMs += ms;
    this.integral += number * ms;
    if (number < this.min) this.min = number;
    if (number > this.max) this.max = number;
  }

  /** A message brought a value. */
  hear(value: unknown, isChange: boolean): void {
    this.count++;
    if (isChange) this.changes++;
    this.sum += numberOf(value) ?? 0;
  }

  add(other: Figures): void {
    this.knownMs += other.knownMs;
    this.numericMs += other.numericMs;
    this.integral += other.integral;
    if (other.min < this.min) this.min = other.min;
    if (other.max > this.max) this.max = other.max;
    this.sum += other.sum;
    this.count += other.count;
    this.changes += other.changes;
  }

  /** Within what it is the mean of, whatever the rounding; undefined without numbers. */
  get mean(): number | undefined {
    if (this.numericMs === 0) return undefined;
    return Math.min(this.max, Math.max(this.min, this.integral / this.numericMs));
  }
}
