// Grouping separators of numbers: at the positions that a picture shows, or on and on where those are regular.

export interface Separator {
  /** Digits on the right of it. */
  readonly position: number;
  readonly text: string;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The distance of separators that are equal and equally far from each other; 0 where they are not. */
export function regularDistance(separators: readonly Separator[]): number {
  const [first] = separators;
  if (first === undefined || separators.some(({ text }) => text !== first.text)) return 0;
  const positions = separators.map(({ position }) => position);
  const distance = positions.reduce(commonDivisor);
  const held = new Set(positions);
  return positions.every((_, index) => held.has((index + 1) * distance)) ? distance : 0;
}

/** Only between digits: what a picture shows beyond the digits is left out. */
export function grouped(digits: string, separators: readonly Separator[]): string {
  const distance = regularDistance(separators);
  const text = separators[0]?.text ?? '';
  const count = distance > 0 ? Math.floor((digits.length - 1) / distance) : 0;
  const all =
    distance > 0
      ? Array.from({ length: count }, (_, index) => ({ position: (index + 1) * distance, text }))
      : separators;
  let result = '';
  let end = digits.length;
  for (const separator of all.toSorted((a, b) => a.position - b.position)) {
    const at = digits.length - separator.position;
    if (at <= 0) continue;
    result = separator.text + digits.slice(at, end) + result;
    end = at;
  }
  return digits.slice(0, end) + result;
}
