// What of some lines went, came and stayed, in order.
export interface DiffLine {
  readonly change: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this a comparison line by line would take too long for a moment's look. */
const mostCells = 4_000_000;

function mark(change: DiffLine['change']) {
  return (text: string): DiffLine => ({ change, text });
}

/** Lengths of the longest common run of lines from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const [row, below] = [rows[i], rows[i + 1]];
      if (!row || !below) continue;
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length * after.length > mostCells)
    return [...before.map(mark('removed')), ...after.map(mark('added'))];
  const lengths = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    const isRemoved = j >= after.length || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0);
    if (old !== undefined && old === now) lines.push({ change: 'same', text: old });
    else if (old !== undefined && isRemoved) lines.push({ change: 'removed', text: old });
    else lines.push({ change: 'added', text: now ?? '' });
    const { change } = lines.at(-1) ?? { change: 'same' };
    if (change !== 'added') i += 1;
    if (change !== 'removed') j += 1;
  }
  return lines;
}

/** The changed lines with a few around them; undefined stands for what was left out. */
export function around(lines: readonly DiffLine[], context: number): readonly (DiffLine | undefined)[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ change }) => change !== 'same'),
  );
  return lines.flatMap((line, at) => {
    if (isNear[at]) return [line];
    return at === 0 || isNear[at - 1] ? [undefined] : [];
  });
}
