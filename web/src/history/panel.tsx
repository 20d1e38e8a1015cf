// One value over the shown time: its name, what it is at the cursor, and its drawing.
import { ActionIcon } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { HistoryView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { formatQuantity } from '../i18n/quantity.ts';
import { useWords } from '../i18n/use-words.ts';
import { Chart } from '../parts/chart/chart.tsx';
import { Lane } from '../parts/chart/lane.tsx';
import type { Handling } from '../parts/chart/make-plot.ts';
import type { Range } from '../parts/chart/range.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { type CursorStore, useCursor } from './cursor-store.ts';
import { isStates, pointsOf, stretchesOf, valueAt } from './readings.ts';
import type { SeriesName } from './series.ts';
import { rangeOf } from './shown-time.ts';
import type { ShownName } from './use-names.ts';
import { useReadings } from './use-readings.ts';
import type { TimeControl } from './use-shown-time.ts';

export interface PanelProps {
  readonly series: SeriesName;
  readonly name: ShownName;
  readonly time: TimeControl;
  readonly cursor: CursorStore;
  readonly handling: Handling & { readonly range: Range };
  readonly onRemove: () => void;
}

interface ReadingProps {
  readonly data: HistoryView;
  readonly name: ShownName;
  readonly cursor: CursorStore;
}

function ValueHere({ data, name, cursor }: ReadingProps) {
  const { language } = useWords();
  const { ticker } = useHouse();
  const at = useCursor(cursor);
  const value = valueAt(data.points, at ?? Number.MAX_SAFE_INTEGER);
  const words = typeof value === 'number' ? formatQuantity(language, value, name.unit) : String(value ?? '–');
  return (
    <span className="panel-value number">
      <b>{words}</b>
      {at === undefined ? null : <span className="dim">{formatMoment(language, at, ticker.now())}</span>}
    </span>
  );
}

function Drawing({
  data,
  name,
  handling,
}: { readonly data: HistoryView } & Pick<PanelProps, 'name' | 'handling'>) {
  const { say } = useWords();
  const points = useMemo(() => pointsOf(data), [data]);
  const stretches = useMemo(() => stretchesOf(data.points, [data.from, data.to]), [data]);
  const series = useMemo(
    () => [
      { key: name.label, label: name.label, points, ...(name.unit === undefined ? {} : { unit: name.unit }) },
    ],
    [name.label, name.unit, points],
  );
  if (data.points.length === 0) return <p className="panel-none dim">{say('chart.none')}</p>;
  const label = say('chart.of', { name: name.label });
  return isStates(data) ? (
    <Lane label={label} stretches={stretches} {...handling} />
  ) : (
    <Chart label={label} series={series} {...handling} />
  );
}

export function Panel({ series, name, time, cursor, handling, onRemove }: PanelProps) {
  const { say } = useWords();
  const { api, ticker } = useHouse();
  const { data, error, refetch } = useReadings(series, time.shown);
  const [from, to] = rangeOf(time.shown, ticker.now());
  return (
    <section className="card panel" aria-label={name.label}>
      <header className="panel-head">
        <h2 className="panel-name">
          <Link to="/topics" search={{ topic: series.topic }} title={series.topic}>
            {name.label}
          </Link>
        </h2>
        {data ? <ValueHere data={data} name={name} cursor={cursor} /> : null}
        <span className="panel-tools">
          <ActionIcon
            component="a"
            variant="subtle"
            href={api.historyFile({ ...series, from, to })}
            download
            aria-label={say('history.csv', { name: name.label })}
            title={say('history.csv', { name: name.label })}
          >
            <IconDownload size={18} stroke={1.8} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            aria-label={say('history.remove', { name: name.label })}
            title={say('history.remove', { name: name.label })}
            onClick={onRemove}
          >
            <IconX size={18} stroke={1.8} aria-hidden />
          </ActionIcon>
        </span>
      </header>
      {data ? <Drawing data={data} name={name} handling={handling} /> : null}
      {!data && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <div className="panel-wait" /> : null}
    </section>
  );
}
