// What changed between two texts, line by line, as a unified diff. Texts with too much between their first and last
// difference are shown as replaced there.

/** Unchanged lines around a change. */
const context = 3;
/** Pairs of lines that are compared at most. */
const maxPairs = 1_000_000;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const lined =
  (sign: Line['sign']) =>
  (text: string): Line => ({ sign, text });

/** For each pair of places how many lines behind them stay the same; row by row. */
function commonBehind(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let x = before.length - 1; x >= 0; x--) {
    for (let y = after.length - 1; y >= 0; y--) {
      const at = x * width + y;
      const [below = 0, right = 0, both = 0] = [common[at + width], common[at + 1], common[at + width + 1]];
      common[at] = before[x] === after[y] ? both + 1 : Math.max(below, right);
    }
  }
  return common;
}

function middle(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length * after.length > maxPairs) return [...before.map(lined('-')), ...after.map(lined('+'))];
  const common = commonBehind(before, after);
  const width = after.length + 1;
  const lines: Line[] = [];
  let [x, y] = [0, 0];
  while (x < before.length && y < after.length) {
    const [old = '', young = ''] = [before[x], after[y]];
    const at = x * width + y;
    if (old === young) {
      lines.push({ sign: ' ', text: old });
      x++;
      y++;
    } else if ((common[at + width] ?? 0) >= (common[at + 1] ?? 0)) {
      lines.push({ sign: '-', text: old });
      x++;
    } else {
      lines.push({ sign: '+', text: young });
      y++;
    }
  }
  return [...lines, ...before.slice(x).map(lined('-')), ...after.slice(y).map(lined('+'))];
}

function compared(before: readonly string[], after: readonly string[]): Line[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    ...before.slice(0, head).map(lined(' ')),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(lined(' ')),
  ];
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

interface Hunk {
  readonly from: number;
  to: number;
}

/** Stretches of lines that are changed or near a change. */
function hunksOf(lines: readonly Line[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const from = Math.max(0, index - context);
    const to = Math.min(lines.length, index + context + 1);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else hunks.push({ from, to });
  }
  return hunks;
}

/** First line and number of lines on one side. */
function range(lines: readonly Line[], { from, to }: Hunk, without: Line['sign']): string {
  const count = (part: readonly Line[]): number => part.filter(({ sign }) => sign !== without).length;
  const size = count(lines.slice(from, to));
  return `${count(lines.slice(0, from)) + (size === 0 ? 0 : 1)},${size}`;
}

/** Empty when both hold the same lines. */
export function unifiedDiff(before: string, after: string): string {
  const lines = compared(linesOf(before), linesOf(after));
  return hunksOf(lines)
    .flatMap((hunk) => [
      `@@ -${range(lines, hunk, '+')} +${range(lines, hunk, '-')} @@`,
      ...lines.slice(hunk.from, hunk.to).map(({ sign, text }) => sign + text),
    ])
    .join('\n');
}
