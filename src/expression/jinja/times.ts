// Times of Jinja: `now()`, and pictures of Python's strftime as those of JSONata. The zone of the house is known to the
// clock functions only, so a picture of another instant must be one in UTC.
import { Untranslatable } from './ast.ts';
import { type Code, rank, value, within } from './code.ts';

const nowFields: Readonly<Record<string, string>> = {
  hour: '$number($substring($time(), 0, 2))',
  minute: '$number($substring($time(), 3, 2))',
  year: '$number($substring($date(), 0, 4))',
  month: '$number($substring($date(), 5, 2))',
  day: '$number($substring($date(), 8, 2))',
  'weekday()': '($weekday() - 1)',
  'isoweekday()': '$weekday()',
  'timestamp()': '($millis() / 1000)',
};

/** `now().hour`, `now().weekday()` */
export function nowField(field: string): Code {
  const text = Object.hasOwn(nowFields, field) ? nowFields[field] : undefined;
  if (text === undefined) throw new Untranslatable(`"now().${field}" has no counterpart`);
  return value(text, 'number');
}

const pictures: Readonly<Record<string, string>> = {
  ...{ Y: '[Y0001]', m: '[M01]', d: '[D01]', H: '[H01]', M: '[m01]', S: '[s01]', y: '[Y01]', j: '[d001]' },
  ...{ B: '[MNn]', b: '[MNn,3-3]', A: '[FNn]', a: '[FNn,3-3]', I: '[h01]', z: '[Z0000]', p: '[PN]' },
  ...{ F: '[Y0001]-[M01]-[D01]', T: '[H01]:[m01]:[s01]', '%': '%' },
};

function pictureOf(format: string): string {
  return format
    .replaceAll('[', '[[')
    .replaceAll(']', ']]')
    .replaceAll(/%(.?)/g, (whole, letter: string) => {
      const picture = Object.hasOwn(pictures, letter) ? pictures[letter] : undefined;
      if (picture === undefined) throw new Untranslatable(`"${whole}" of a time has no counterpart`);
      return picture;
    });
}

/** `now().strftime(…)` is what the house's clock shows. */
export function nowPicture(format: Code | undefined): Code {
  const shown = format?.constant;
  if (shown === '%Y-%m-%d %H:%M:%S') return { text: '$date() & " " & $time()', rank: rank.add, type: 'text' };
  if (shown === '%Y-%m-%d') return value('$date()', 'text');
  if (shown === '%H:%M:%S') return value('$time()', 'text');
  if (shown === '%H:%M') return value('$substring($time(), 0, 5)', 'text');
  throw new Untranslatable('this picture of the time has no counterpart');
}

/** Of seconds since 1970. */
export function customTime(seconds: Code, format: Code | undefined, local: Code | undefined): Code {
  if (local?.constant !== false)
    throw new Untranslatable('a time of the house\'s zone has no counterpart; give "local" as false');
  if (typeof format?.constant !== 'string') throw new Untranslatable('a picture must be written out');
  const picture = JSON.stringify(pictureOf(format.constant));
  return value(`$fromMillis(${within(seconds, rank.multiply)} * 1000, ${picture})`, 'text');
}
