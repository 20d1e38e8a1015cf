// Durations as documents and traces write them: `90s`, `2m30s`, `00:02:30`, a bare number of seconds.
const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Undefined where it is computed, or none. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1_000;
  if (typeof value !== 'string') return undefined;
  const clock = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(value);
  if (clock) return (Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, size, unit]) => sum + Number(size) * unitMs[unit as keyof typeof unitMs], 0);
}
