// Numbers over time. The drawing is loaded when there is one; the same numbers stand below it as a table.
import { lazy, Suspense } from 'react';
import { formatQuantity } from '../../i18n/quantity.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { ChartProps } from './chart-data.ts';
import { Figure } from './figure.tsx';

const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }));

export function Chart({ height = 140, ...props }: ChartProps) {
  const { language } = useWords();
  const tables = () =>
    props.series.map(({ key, label, unit, points }) => ({
      key,
      caption: label,
      rows: points.map(({ at, value }) => ({
        key: String(at),
        at,
        words: value === undefined ? '–' : formatQuantity(language, value, unit),
      })),
    }));
  return (
    <Figure label={props.label} height={height} tables={tables}>
      <Suspense fallback={null}>
        <Canvas {...props} height={height} />
      </Suspense>
    </Figure>
  );
}
