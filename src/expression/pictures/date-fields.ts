// The components of an instant as pictures name them; weeks as ISO 8601 counts them, of a year and of a month alike.

const day = 86_400_000;

export const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];
/** Monday is the first. */
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** 1 is Monday, 7 is Sunday. */
function weekday(date: Date): number {
  return date.getUTCDay() || 7;
}

/** A week belongs to the year and the month of its Thursday. */
function thursdayOf(date: Date): Date {
  return new Date(date.getTime() + (4 - weekday(date)) * day);
}

function dayOfYear(date: Date): number {
  const first = new Date(date);
  first.setUTCMonth(0, 1);
  return Math.round((date.getTime() - first.getTime()) / day) + 1;
}

const readers: Readonly<Record<string, (date: Date) => number>> = {
  Y: (date) => date.getUTCFullYear(),
  M: (date) => date.getUTCMonth() + 1,
  D: (date) => date.getUTCDate(),
  d: dayOfYear,
  F: weekday,
  W: (date) => Math.ceil(dayOfYear(thursdayOf(date)) / 7),
  w: (date) => Math.ceil(thursdayOf(date).getUTCDate() / 7),
  X: (date) => thursdayOf(date).getUTCFullYear(),
  x: (date) => thursdayOf(date).getUTCMonth() + 1,
  H: (date) => date.getUTCHours(),
  h: (date) => date.getUTCHours() % 12 || 12,
  /** 0 before noon, 1 after it. */
  P: (date) => (date.getUTCHours() < 12 ? 0 : 1),
  m: (date) => date.getUTCMinutes(),
  s: (date) => date.getUTCSeconds(),
  f: (date) => date.getUTCMilliseconds(),
};

/** Calendar, era and zone are no numbers: 0. */
export function fieldOf(date: Date, component: string): number {
  return readers[component]?.(date) ?? 0;
}
