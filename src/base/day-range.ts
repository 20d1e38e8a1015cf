// Days as people list them in a calendar: one day or a range, of one year or of every year, with a name.

/** Both ends inclusive: "YYYY-MM-DD", or "MM-DD" of every year. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

const pattern = /^((?:\d{4}-)?\d\d-\d\d)(?:\.\.((?:\d{4}-)?\d\d-\d\d))?(?:\s+(\S.*))?$/;

/** Whether there is such a day; of every year means also in leap years. */
export function isDate(text: string): boolean {
  const date = text.length === 5 ? `2024-${text}` : text;
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** Reads `2026-10-01`, `2026-10-01..2026-10-07 National Day`, `12-24..01-02`; undefined when it is none of these. */
export function parseDayRange(text: string): DayRange | undefined {
  const [, from = '', to = from, name = ''] = pattern.exec(text.trim()) ?? [];
  if (!isDate(from) || !isDate(to) || from.length !== to.length) return undefined;
  return from > to && from.length === 10 ? undefined : { from, to, name };
}

/** Whether a date, "YYYY-MM-DD", is in the range; one of every year may reach over its end. */
export function isInDayRange({ from, to }: DayRange, date: string): boolean {
  const day = from.length === 5 ? date.slice(5) : date;
  return from <= to ? from <= day && day <= to : from <= day || day <= to;
}
