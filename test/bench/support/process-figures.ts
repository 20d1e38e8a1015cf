// What processes cost, read from /proc: processor time and memory. On other systems everything is unknown (NaN).
import { readFileSync } from 'node:fs';

/** Of one kernel tick, the unit of /proc; 100 Hz wherever Linux runs today. */
const tickMs = 10;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no Linux, or the process is gone
  }
}

/** User and system time of a stat file, behind the command in parentheses. */
function cpuMsOf(path: string): number {
  const fields = read(path)
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * tickMs;
}

export interface CpuReading {
  /** Of all threads of all processes. */
  readonly allMs: number;
  /** Of the main thread of the first process. */
  readonly mainMs: number;
}

export function cpuOf(pids: readonly number[]): CpuReading {
  const allMs = pids.reduce((sum, pid) => sum + cpuMsOf(`/proc/${pid}/stat`), 0);
  return { allMs, mainMs: cpuMsOf(`/proc/${pids[0]}/task/${pids[0]}/stat`) };
}

/** Resident memory of all processes together, in MB. */
export function residentMb(pids: readonly number[]): number {
  const kilobytes = (pid: number): number =>
    Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN);
  return pids.reduce((sum, pid) => sum + kilobytes(pid), 0) / 1024;
}

/** Bytes that this process has had written to disks so far, as the kernel counts dirty pages. */
export function writtenBytes(): number {
  return Number(/^write_bytes:\s+(\d+)/m.exec(read('/proc/self/io'))?.[1] ?? Number.NaN);
}

/** Runnable processes on average over the last minute; above the number of processors, figures are noisy. */
export function loadAverage(): number {
  return Number(read('/proc/loadavg').split(' ')[0] || Number.NaN);
}
