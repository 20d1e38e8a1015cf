// What was: any values over one shared time, with the runs of the rules. Everything that is chosen stands in the address.
import { Button } from '@mantine/core';
import { IconChartLine, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { CursorStore } from './cursor-store.ts';
import { Panel } from './panel.tsx';
import { RangeTools } from './range-tools.tsx';
import { RunLane } from './run-lane.tsx';
import { addressOf, hasSeries, keyOf, mostSeries, type SeriesName, seriesOf } from './series.ts';
import { useNames } from './use-names.ts';
import { useRange, useShownTime } from './use-shown-time.ts';
import './history-page.css';

const route = getRouteApi('/history');
const Picker = lazy(async () => ({ default: (await import('./picker.tsx')).Picker }));

function useSeries() {
  const { series: text } = route.useSearch();
  const navigate = route.useNavigate();
  const series = useMemo(() => seriesOf(text), [text]);
  const put = (next: readonly SeriesName[]): void =>
    void navigate({
      search: ({ series: _, ...rest }) => (next.length === 0 ? rest : { ...rest, series: addressOf(next) }),
      resetScroll: false,
    });
  return {
    series,
    add: (one: SeriesName) => put(hasSeries(series, one) ? series : [...series, one]),
    remove: (one: SeriesName) => put(series.filter((other) => keyOf(other) !== keyOf(one))),
  };
}

function Panels({ series, remove }: Pick<ReturnType<typeof useSeries>, 'series' | 'remove'>) {
  const time = useShownTime();
  const names = useNames(series);
  const range = useRange(time);
  const [cursor] = useState(() => new CursorStore());
  const handling = {
    range,
    sync: 'history',
    onRange: time.take,
    onReset: () => time.show({}),
    onCursor: cursor.set,
  };
  return (
    <>
      <RangeTools time={time} range={range} />
      <div className="panels">
        <RunLane handling={handling} />
        {series.map((one, index) => (
          <Panel
            key={keyOf(one)}
            series={one}
            name={names[index] ?? { label: one.topic }}
            time={time}
            cursor={cursor}
            handling={handling}
            onRemove={() => remove(one)}
          />
        ))}
      </div>
    </>
  );
}

export function HistoryPage() {
  const { say } = useWords();
  const { series, add, remove } = useSeries();
  const [isPicking, setPicking] = useState(false);
  usePageTitle(say('history.title'));
  const button = (
    <Button
      leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
      disabled={series.length >= mostSeries}
      onClick={() => setPicking(true)}
    >
      {say('history.add')}
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{say('history.title')}</h1>
        <span className="page-head-end">{series.length > 0 ? button : null}</span>
      </div>
      {series.length === 0 ? (
        <Empty
          icon={<IconChartLine size={24} stroke={1.6} aria-hidden />}
          title={say('history.none')}
          hint={say('history.none.hint')}
        >
          {button}
        </Empty>
      ) : (
        <Panels series={series} remove={remove} />
      )}
      {isPicking ? (
        <Suspense fallback={null}>
          <Picker
            chosen={series}
            onAdd={(one) => {
              add(one);
              setPicking(false);
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
