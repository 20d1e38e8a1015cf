// Times, durations, sizes and numbers as people of each language write them.
import type { Language } from './language.ts';
import type { Say } from './use-words.ts';

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number, below: number])[] = [
  ['second', 1_000, 60_000],
  ['minute', 60_000, 3_600_000],
  ['hour', 3_600_000, 86_400_000],
  ['day', 86_400_000, 30 * 86_400_000],
  ['month', 30 * 86_400_000, 365 * 86_400_000],
  ['year', 365 * 86_400_000, Number.POSITIVE_INFINITY],
];

function relative(language: Language, ms: number): string {
  const size = Math.abs(ms);
  const step = steps.find(([, , below]) => size < below) ?? steps[0];
  if (!step) return '';
  const count = Math.trunc(ms / step[1]);
  return new Intl.RelativeTimeFormat(language, { style: 'short' }).format(count, step[0]);
}

/** Sentences one behind the other; a full stop of Chinese brings its own space. */
export function inSequence(sentences: readonly (string | undefined)[]): string {
  return sentences
    .filter((sentence) => sentence !== undefined && sentence !== '')
    .join(' ')
    .replaceAll(/(?<=[。？！；]) /g, '');
}

/** «3 min ago»; the last seconds do not count. */
export function formatAge(say: Say, language: Language, ms: number): string {
  return ms < 5_000 ? say('age.now') : relative(language, -ms);
}

/** «1:05», «2:00:00»: what is left of a wait, to the second. */
export function formatLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, '0')}:${tail}`;
}

const spanUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function counted(language: Language, count: number, unit: string): string {
  const digits = { maximumFractionDigits: 3 };
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', ...digits }).format(
    count,
  );
}

/** «1 day 2 hr», «2分钟30秒»: exactly, whichever its sign. */
export function formatDuration(language: Language, ms: number): string {
  let left = Math.abs(ms);
  if (left === 0) return counted(language, 0, 'second');
  if (left < 1_000) return counted(language, left, 'millisecond');
  const words = spanUnits.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [counted(language, count, unit)];
  });
  if (left > 0) words.push(counted(language, left / 1_000, 'second'));
  return words.join(language === 'en' ? ' ' : '');
}

const precisions: readonly (readonly [below: number, toMs: number])[] = [
  [1_000, 1],
  [60_000, 100],
  [3_600_000, 1_000],
  [86_400_000, 60_000],
];

/** «< 1 ms», «38 ms», «2.5 sec», «3 min 20 sec»: as exactly as anybody wants to know. */
export function formatSpan(language: Language, ms: number): string {
  if (ms < 1) return `< ${formatDuration(language, 1)}`;
  const [, toMs] = precisions.find(([below]) => ms < below) ?? [0, 3_600_000];
  return formatDuration(language, Math.round(ms / toMs) * toMs);
}

/** Date and time to the second; today only the time. */
export function formatMoment(language: Language, at: number, now: number): string {
  const [moment, today] = [new Date(at), new Date(now)];
  const isToday = moment.toDateString() === today.toDateString();
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const;
  const date = { month: 'short', day: 'numeric' } as const;
  return new Intl.DateTimeFormat(language, isToday ? time : { ...date, ...time }).format(moment);
}

export function formatBytes(language: Language, bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const kib = bytes / 1_024;
  const digits = { maximumFractionDigits: 1 };
  if (kib < 1_024) return `${new Intl.NumberFormat(language, digits).format(kib)} KiB`;
  const mib = kib / 1_024;
  const [size, unit] = mib < 1_024 ? [mib, 'MiB'] : [mib / 1_024, 'GiB'];
  return `${new Intl.NumberFormat(language, digits).format(size)} ${unit}`;
}

export function formatCount(language: Language, count: number): string {
  return new Intl.NumberFormat(language).format(count);
}
