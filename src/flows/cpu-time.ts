// How long a process has computed, as Linux counts it: one that loops computes, one that is starved does not.
import { readFileSync } from 'node:fs';

const msPerTick = 10;

/** Milliseconds; undefined where nobody knows. */
export function cpuTimeOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Behind the name, which may hold anything: state is the first field, user and system time the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * msPerTick : undefined;
  } catch {
    return undefined; // not Linux, or gone
  }
}
