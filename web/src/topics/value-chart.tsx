// The past of one value, as the house keeps it. A zoom holds it still until a span is chosen again.
import { SegmentedControl } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { pointsOf } from '../history/readings.ts';
import { addressOf } from '../history/series.ts';
import { isSpan, rangeOf, type ShownTime } from '../history/shown-time.ts';
import { useReadings } from '../history/use-readings.ts';
import { useWords } from '../i18n/use-words.ts';
import { Chart } from '../parts/chart/chart.tsx';
import { LinkButton } from '../parts/link-button.tsx';

export interface ValueChartProps {
  readonly topic: string;
  /** As the history names it. */
  readonly path: string;
  /** As an expression names it. */
  readonly name: string;
}

export function ValueChart({ topic, path, name }: ValueChartProps) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const [shown, setShown] = useState<ShownTime>({ follows: true, span: '1h' });
  const { data } = useReadings({ topic, path }, shown);
  const series = useMemo(() => data && [{ key: name, label: name, points: pointsOf(data) }], [data, name]);
  return (
    <div className="value-chart">
      <div className="value-chart-head">
        <SegmentedControl
          aria-label={say('chart.span')}
          value={shown.follows ? shown.span : ''}
          onChange={(span) => {
            if (isSpan(span)) setShown({ follows: true, span });
          }}
          data={[
            { value: '1h', label: say('chart.span.hour') },
            { value: '24h', label: say('chart.span.day') },
            { value: '7d', label: say('chart.span.week') },
          ]}
        />
        <LinkButton
          to="/history"
          search={{ series: addressOf([{ topic, path }]) }}
          variant="default"
          leftSection={<IconChartLine size={16} stroke={1.8} aria-hidden />}
        >
          {say('nav.history')}
        </LinkButton>
      </div>
      {data && data.points.length === 0 ? <p className="value-none dim">{say('chart.none')}</p> : null}
      {data && series && data.points.length > 0 ? (
        <Chart
          label={say('chart.of', { name })}
          range={shown.follows ? [data.from, data.to] : rangeOf(shown, ticker.now())}
          series={series}
          onRange={(range) => setShown({ follows: false, range })}
          onReset={() => setShown({ follows: true, span: '1h' })}
        />
      ) : null}
    </div>
  );
}
