// Dates in the letters of strftime(3), in the C locale and the machine's zone.
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const dayMs = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');
const blank = (value: number): string => String(value).padStart(2, ' ');
const short = (name: string | undefined): string => (name ?? '').slice(0, 3);

/** Days since 1 January, from 0; counted in UTC so that daylight saving does not matter. */
function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day - Date.UTC(date.getFullYear(), 0, 1)) / dayMs);
}

/** Week of the year whose first `firstDay` (0 Sunday) begins week 1. */
function weekOf(date: Date, firstDay: number): number {
  return Math.floor((dayOfYear(date) + 7 - ((date.getDay() + 7 - firstDay) % 7)) / 7);
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 4 - (date.getDay() || 7));
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function zoneName(date: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

const hour12 = (date: Date): number => date.getHours() % 12 || 12;
const noon = (date: Date): string => (date.getHours() < 12 ? 'AM' : 'PM');

const letters: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => short(days[date.getDay()]),
  A: (date) => days[date.getDay()] ?? '',
  b: (date) => short(months[date.getMonth()]),
  B: (date) => months[date.getMonth()] ?? '',
  c: (date) => `${ofLetters('a b e', date)} ${ofLetters('T Y', date)}`,
  C: (date) => two(Math.floor(date.getFullYear() / 100)),
  d: (date) => two(date.getDate()),
  D: (date) => ofLetters('m/d/y', date),
  e: (date) => blank(date.getDate()),
  F: (date) => ofLetters('Y-m-d', date),
  g: (date) => two(isoWeek(date).year % 100),
  G: (date) => String(isoWeek(date).year),
  h: (date) => short(months[date.getMonth()]),
  H: (date) => two(date.getHours()),
  I: (date) => two(hour12(date)),
  j: (date) => String(dayOfYear(date) + 1).padStart(3, '0'),
  k: (date) => blank(date.getHours()),
  l: (date) => blank(hour12(date)),
  m: (date) => two(date.getMonth() + 1),
  M: (date) => two(date.getMinutes()),
  n: () => '\n',
  p: noon,
  P: (date) => noon(date).toLowerCase(),
  r: (date) => ofLetters('I:M:S p', date),
  R: (date) => ofLetters('H:M', date),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => two(date.getSeconds()),
  t: () => '\t',
  T: (date) => ofLetters('H:M:S', date),
  u: (date) => String(date.getDay() || 7),
  U: (date) => two(weekOf(date, 0)),
  V: (date) => two(isoWeek(date).week),
  w: (date) => String(date.getDay()),
  W: (date) => two(weekOf(date, 1)),
  x: (date) => ofLetters('m/d/y', date),
  X: (date) => ofLetters('H:M:S', date),
  y: (date) => two(date.getFullYear() % 100),
  Y: (date) => String(date.getFullYear()),
  z: offset,
  Z: zoneName,
};

function ofLetters(pattern: string, date: Date): string {
  return pattern.replaceAll(/[A-Za-z]/g, (letter) => letters[letter]?.(date) ?? letter);
}

export function isDateLetter(letter: string): boolean {
  return Object.hasOwn(letters, letter);
}

/** Every letter of the pattern is one of strftime's (without %), the rest stands for itself. */
export function strftime(pattern: string, at: number): string {
  return ofLetters(pattern, new Date(at));
}
