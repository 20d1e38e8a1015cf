// `days`: on which local days a schedule counts, by name or by the home's calendar.
import { nearest } from '../../base/index.ts';
import type { HomeCalendar } from '../../expression/index.ts';
import type { Reporter } from '../model/problem.ts';

/** A local day, "YYYY-MM-DD". */
type DayTest = (date: string, calendar: HomeCalendar) => boolean;

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function onWeekdays(...numbers: readonly number[]): DayTest {
  return (date) => numbers.includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

const dayWords: ReadonlyMap<string, DayTest> = new Map<string, DayTest>([
  ...weekdays.map((day, index): [string, DayTest] => [day, onWeekdays(index)]),
  ['weekdays', onWeekdays(1, 2, 3, 4, 5)],
  ['weekend', onWeekdays(0, 6)],
  ['workdays', (date, calendar) => calendar.isWorkday(date)],
  ['restdays', (date, calendar) => !calendar.isWorkday(date)],
]);

/** Any of some kinds of days. */
export class Days {
  readonly #tests: readonly DayTest[];

  constructor(tests: readonly DayTest[]) {
    this.#tests = tests;
  }

  has(date: string, calendar: HomeCalendar): boolean {
    return this.#tests.some((test) => test(date, calendar));
  }
}

export const everyDay = new Days([() => true]);

/** Undefined with a finding when a word is not known. */
export function compileDays(
  written: string | readonly string[] | undefined,
  path: string,
  context: Reporter,
): Days | undefined {
  if (written === undefined) return everyDay;
  const tests: DayTest[] = [];
  for (const word of typeof written === 'string' ? [written] : written) {
    const test = dayWords.get(word);
    if (test === undefined) {
      const known = [...dayWords.keys()];
      const meant = nearest(word, known);
      return context.report({
        path,
        code: 'bad-days',
        message: `"${word}" is no day; known: ${known.join(', ')}`,
        params: { text: word, known: known.join(', ') },
        ...(meant && { suggestion: meant }),
      });
    }
    tests.push(test);
  }
  return new Days(tests);
}
