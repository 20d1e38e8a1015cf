// Numbers over time. The drawing is loaded when there is one; the same numbers stand below it as a table.
import { lazy, Suspense, useState } from 'react';
import { formatQuantity } from '../../i18n/quantity.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { ChartProps, ChartSeries } from './chart-data.ts';
import './chart.css';

const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }));
const mostRows = 200;

function Rows({ one: { points, unit } }: { readonly one: ChartSeries }) {
  const { language } = useWords();
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  return points.slice(-mostRows).map(({ at, value }) => (
    <tr key={at}>
      <td className="number">{moment.format(at)}</td>
      <td className="number">{value === undefined ? '–' : formatQuantity(language, value, unit)}</td>
    </tr>
  ));
}

function Table({ series }: { readonly series: readonly ChartSeries[] }) {
  const { say } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className="chart-rows" tabIndex={0} aria-label={say('chart.table')}>
      {series.map((one) => (
        <table key={one.key}>
          <caption>{one.label}</caption>
          <thead>
            <tr>
              <th scope="col">{say('chart.time')}</th>
              <th scope="col">{say('chart.value')}</th>
            </tr>
          </thead>
          <tbody>
            <Rows one={one} />
          </tbody>
        </table>
      ))}
    </section>
  );
}

export function Chart({ height = 140, ...props }: ChartProps) {
  const { say } = useWords();
  const [isTable, setTable] = useState(false);
  return (
    <figure className="chart">
      <div role="img" aria-label={props.label} className="chart-canvas" style={{ height }}>
        <Suspense fallback={null}>
          <Canvas {...props} height={height} />
        </Suspense>
      </div>
      <button
        type="button"
        className="chart-switch"
        aria-expanded={isTable}
        onClick={() => setTable(!isTable)}
      >
        {say('chart.table')}
      </button>
      {isTable ? <Table series={props.series} /> : null}
    </figure>
  );
}
