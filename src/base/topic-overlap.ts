// Whether two topic filters have a topic in common. Beside those of MQTT there are shapes of topics that somebody makes
// of parts: in them `#` may stand behind any level, for none or more.

const sharedSubscription = /^\$share\/[^/]*\//;

const isWild = (level: string | undefined): boolean => level === '+' || level === '#';

/** `$share/GROUP/FILTER` hears what FILTER does. */
export function withoutShare(filter: string): string {
  return filter.replace(sharedSubscription, '');
}

/** The filter of MQTT that has all of a shape's topics. */
export function filterOfShape(shape: string): string {
  const levels = shape.split('/');
  const open = levels.indexOf('#');
  return open < 0 ? shape : levels.slice(0, open + 1).join('/');
}

function mayBeSame(left: string, right: string): boolean {
  return left === right || left === '+' || right === '+';
}

/** Whether `level` and what comes after it meet `right` from each `j` on; `after[j]` says so of what comes after it. */
function meetsFrom(level: string, right: readonly string[], after: readonly boolean[]): boolean[] {
  const meets = new Array<boolean>(right.length + 1).fill(false);
  for (let j = right.length; j >= 0; j--) {
    const other = right[j];
    const isOpen = level === '#' || other === '#';
    if (isOpen) meets[j] = after[j] === true || (other !== undefined && meets[j + 1] === true);
    else if (other !== undefined) meets[j] = mayBeSame(level, other) && after[j + 1] === true;
  }
  return meets;
}

/** Exact. `$` topics only fall under filters with the same first level [MQTT-4.7.2-1]. No shape begins with an inner `#`. */
export function filtersOverlap(one: string, other: string): boolean {
  const left = withoutShare(one).split('/');
  const right = withoutShare(other).split('/');
  const isSystem = left[0]?.startsWith('$') === true || right[0]?.startsWith('$') === true;
  if (isSystem && (isWild(left[0]) || isWild(right[0]))) return false;
  let meets = right.map(() => false).concat(true);
  for (let j = right.length - 1; j >= 0 && right[j] === '#'; j--) meets[j] = true;
  for (const level of left.toReversed()) meets = meetsFrom(level, right, meets);
  return meets[0] === true;
}
