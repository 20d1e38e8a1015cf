// Whole numbers as words, Roman numerals and letters, and back. Undefined where the text is no such number.

const names = [
  ...['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven'],
  ...['Twelve', 'Thirteen', 'Fourteen', 'Fifteen', 'Sixteen', 'Seventeen', 'Eighteen', 'Nineteen'],
];
const tens = ['Twenty', 'Thirty', 'Forty', 'Fifty', 'Sixty', 'Seventy', 'Eighty', 'Ninety'];
const powers: readonly (readonly [word: string, value: number])[] = [
  ['Trillion', 1e12],
  ['Billion', 1e9],
  ['Million', 1e6],
  ['Thousand', 1e3],
];
const irregular: Readonly<Record<string, string>> = {
  One: 'First',
  Two: 'Second',
  Three: 'Third',
  Five: 'Fifth',
  Eight: 'Eighth',
  Nine: 'Ninth',
  Twelve: 'Twelfth',
};

function cardinal(value: number): string {
  if (value < 20) return names[value] ?? '';
  if (value < 100) {
    const rest = value % 10;
    return (tens[Math.floor(value / 10) - 2] ?? '') + (rest > 0 ? `-${cardinal(rest)}` : '');
  }
  const [word, size] = powers.find(([, least]) => value >= least) ?? ['Hundred', 100];
  const count = Math.floor(value / size);
  const rest = value - count * size;
  const joint = rest < 100 ? ' and ' : ', ';
  return `${cardinal(count)} ${word}${rest > 0 ? joint + cardinal(rest) : ''}`;
}

function ordinalWord(word: string): string {
  return irregular[word] ?? (word.endsWith('y') ? `${word.slice(0, -1)}ieth` : `${word}th`);
}

export function toWords(value: number, isOrdinal: boolean): string {
  const text = cardinal(value);
  return isOrdinal ? text.replace(/[A-Za-z]+$/, ordinalWord) : text;
}

const wordValues: ReadonlyMap<string, number> = new Map(
  [
    ...names.map((word, value) => [word, value] as const),
    ...tens.map((word, index) => [word, 10 * index + 20] as const),
    ['Hundred', 100] as const,
    ...powers,
  ].flatMap(([word, value]) => [
    [word.toLowerCase(), value],
    [ordinalWord(word).toLowerCase(), value],
  ]),
);

/** Any of the words, with common beginnings written once: fewer ways to go are quicker to check and to match. */
function anyOf(words: readonly string[]): string {
  const byFirst = Map.groupBy(words, (word) => word.slice(0, 1));
  const ends = [...byFirst].map(([first, same]) =>
    first === '' ? '' : first + anyOf(same.map((word) => word.slice(1))),
  );
  return ends.length === 1 ? ends.join('') : `(?:${ends.join('|')})`;
}

/** What a number in words looks like, as a regular expression. */
export const wordsPattern = `(?:${anyOf([...wordValues.keys(), 'and', '-', ',', ' '])})+`;

export function fromWords(text: string): number | undefined {
  const finished: number[] = [];
  let current = 0;
  for (const word of text.toLowerCase().split(/,\s|\sand\s|[\s\\-]/)) {
    const value = wordValues.get(word);
    if (value === undefined) return undefined;
    if (value >= 100) current *= value;
    else if (current < 1000) current += value;
    else {
      finished.push(current);
      current = value;
    }
  }
  return finished.reduce((sum, value) => sum + value, current);
}

const romans: readonly (readonly [numeral: string, value: number])[] = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
];

export function toRoman(value: number): string {
  let rest = value;
  let text = '';
  for (const [numeral, size] of romans) {
    text += numeral.repeat(Math.floor(rest / size));
    rest %= size;
  }
  return text;
}

const romanDigits: ReadonlyMap<string, number> = new Map(romans.filter(([{ length }]) => length === 1));

/** A digit counts against the number where a greater one follows. */
export function fromRoman(text: string): number | undefined {
  let greatest = 1;
  let sum = 0;
  for (const digit of [...text.toLowerCase()].reverse()) {
    const value = romanDigits.get(digit);
    if (value === undefined) return undefined;
    sum += value < greatest ? -value : value;
    greatest = Math.max(greatest, value);
  }
  return sum;
}

/** a … z, aa … zz, as columns of a spreadsheet. */
export function toLetters(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  return text;
}

export function fromLetters(text: string): number | undefined {
  if (!/^[a-z]+$/i.test(text)) return undefined;
  return [...text.toLowerCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0);
}
