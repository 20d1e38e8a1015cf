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

/** Sentences one behind the other; Chinese has no space between them. */
export function inSequence(language: Language, sentences: readonly (string | undefined)[]): string {
  return sentences
    .filter((sentence) => sentence !== undefined && sentence !== '')
    .join(language === 'en' ? ' ' : '');
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

/** «< 1 ms», «38 ms», «2.5 s», «3 min 20 s» */
export function formatSpan(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
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
