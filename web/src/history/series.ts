// Which values are looked at, as the address has them: `topic#path`, with `+` between them. Neither letter can be in a topic.
export interface SeriesName {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
}

export const mostSeries = 8;

const escaped = /[%+#]/g;

export function keyOf({ topic, path }: SeriesName): string {
  return path === '' ? topic : `${topic}#${path.replace(escaped, encodeURIComponent)}`;
}

function nameOf(key: string): SeriesName {
  const [topic = '', path = ''] = key.split('#', 2);
  try {
    return { topic, path: decodeURIComponent(path) };
  } catch {
    return { topic, path };
  }
}

export function seriesOf(text: string | undefined): readonly SeriesName[] {
  const keys = new Set((text ?? '').split('+').filter((key) => key !== ''));
  return [...keys].slice(0, mostSeries).map(nameOf);
}

export function addressOf(series: readonly SeriesName[]): string {
  return series.map(keyOf).join('+');
}

export function hasSeries(series: readonly SeriesName[], one: SeriesName): boolean {
  return series.some((other) => keyOf(other) === keyOf(one));
}
