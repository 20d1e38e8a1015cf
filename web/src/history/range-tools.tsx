// Chooses the time: spans that end now, a step back or on, nearer and farther.
import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { type Range, zoomed } from '../parts/chart/range.ts';
import { addressOfRange, isSpan, spanNames, stepped } from './shown-time.ts';
import type { TimeControl } from './use-shown-time.ts';

const icon = { size: 20, stroke: 1.8, 'aria-hidden': true } as const;

export interface RangeToolsProps {
  readonly time: TimeControl;
  readonly range: Range;
}

export function RangeTools({ time, range }: RangeToolsProps) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { shown, show } = time;
  const [from, to] = range;
  const zoom = (factor: number): void =>
    show(addressOfRange(zoomed(range, shown.follows ? to : (from + to) / 2, factor), ticker.now()));
  const button = (label: string, Icon: typeof IconZoomIn, onClick: () => void, isOff = false) => (
    <ActionIcon
      variant="default"
      className="range-step"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
    >
      <Icon {...icon} />
    </ActionIcon>
  );
  return (
    <div className="range-tools">
      <SegmentedControl
        aria-label={say('history.span')}
        value={shown.follows ? shown.span : ''}
        onChange={(span) => {
          if (isSpan(span)) show({ span });
        }}
        data={spanNames.map((span) => ({ value: span, label: say(`history.span.${span}`) }))}
      />
      <div className="range-steps">
        {button(say('history.back'), IconChevronLeft, () => show(stepped(shown, -1, ticker.now())))}
        {button(
          say('history.on'),
          IconChevronRight,
          () => show(stepped(shown, 1, ticker.now())),
          shown.follows,
        )}
        {button(say('history.nearer'), IconZoomIn, () => zoom(0.5))}
        {button(say('history.farther'), IconZoomOut, () => zoom(2))}
      </div>
      <p className="range-words dim">
        <span className="number">
          {formatMoment(language, from, ticker.now())} – {formatMoment(language, to, ticker.now())}
        </span>
        {shown.follows ? null : <span>{say('history.still')}</span>}
      </p>
    </div>
  );
}
