// Patterns over ids of clients and devices: `*` is any text, `?` one character. Takes time in proportion to the product
// of both lengths at most, so that no pattern and no id can stall the house.

export const longestIdPattern = 200;

/** hot in a storm of clients. */
export function matchesId(pattern: string, id: string): boolean {
  let p = 0;
  let i = 0;
  let star = -1;
  let resumeAt = 0;
  while (i < id.length) {
    if (pattern[p] === '*') {
      star = p++;
      resumeAt = i;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === id[i])) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++resumeAt;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
