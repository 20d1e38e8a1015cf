// The process of a house that was killed while a flow looped, so that it did not hear of it: found by what the house wrote down,
// and ended before another one begins.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** When it began, in ticks since the machine did: its number may belong to somebody else by now. */
function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // gone, or not Linux
  }
}

function noted(path: string): { readonly pid: number; readonly beginning: string } | undefined {
  try {
    const [, pid = '', beginning = ''] = /^(\d+) (\d+)$/.exec(readFileSync(path, 'utf8')) ?? [];
    return pid === '' ? undefined : { pid: Number(pid), beginning };
  } catch {
    return undefined; // there was none
  }
}

export function noteProcess(path: string, pid: number): void {
  const beginning = beginningOf(pid);
  if (beginning !== undefined) writeFileSync(path, `${pid} ${beginning}`, { mode: 0o600 });
}

/** The process that was ended; undefined when there was nothing to end. */
export function endLeftover(path: string): number | undefined {
  const last = noted(path);
  rmSync(path, { force: true });
  if (last === undefined || beginningOf(last.pid) !== last.beginning) return undefined;
  process.kill(last.pid, 'SIGKILL');
  return last.pid;
}
