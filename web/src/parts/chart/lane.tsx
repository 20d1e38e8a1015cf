// States or moments over time. The drawing is loaded when there is one; the same stands below it as a table.
import { lazy, Suspense } from 'react';
import { Figure, type TableRow } from './figure.tsx';
import type { LaneProps } from './lane-data.ts';

const LaneCanvas = lazy(async () => ({ default: (await import('./lane-canvas.tsx')).LaneCanvas }));

export interface LaneFigureProps extends LaneProps {
  /** In the place of the states' texts. */
  readonly rows?: () => readonly TableRow[];
}

export function Lane({ height = 36, rows, ...props }: LaneFigureProps) {
  const { label, stretches = [] } = props;
  const ofStates = (): readonly TableRow[] =>
    stretches.map(({ from, text }) => ({ key: String(from), at: from, words: text }));
  return (
    <Figure
      label={label}
      height={height}
      tables={() => [{ key: label, caption: label, rows: (rows ?? ofStates)() }]}
    >
      <Suspense fallback={null}>
        <LaneCanvas {...props} height={height} />
      </Suspense>
    </Figure>
  );
}
