// Ratios beside what the design asks for.
import { printTable } from './figures.ts';

export interface Target {
  readonly what: string;
  readonly value: number;
  readonly unit: '×' | '%' | 'ms' | 's' | 'MB' | 'B';
  /** Undefined: told for its own sake. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

function shown(value: number, unit: Target['unit']): string {
  const digits = unit === '×' || unit === 's' ? 2 : unit === 'ms' || unit === 'B' ? 1 : 0;
  return unit === '×' || unit === '%'
    ? `${value.toFixed(digits)}${unit}`
    : `${value.toFixed(digits)} ${unit}`;
}

function verdict({ value, atLeast, atMost }: Target): string {
  if (atLeast === undefined && atMost === undefined) return '';
  return value >= (atLeast ?? value) && value <= (atMost ?? value) ? 'met' : 'NOT MET';
}

function wanted({ atLeast, atMost, unit }: Target): string {
  if (atLeast !== undefined) return `≥ ${shown(atLeast, unit)}`;
  return atMost === undefined ? '–' : `≤ ${shown(atMost, unit)}`;
}

export function printTargets(title: string, targets: readonly Target[]): void {
  const rows = targets
    .filter(({ value }) => Number.isFinite(value))
    .map((target) => [target.what, shown(target.value, target.unit), wanted(target), verdict(target)]);
  printTable(title, [['', 'measured', 'target', ''], ...rows]);
}
