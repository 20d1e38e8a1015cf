// The shown time between address and hands: a hand's zoom shows at once, and stands in the address when it rests.
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useHouse } from '../app/house.ts';
import type { Range } from '../parts/chart/range.ts';
import { addressOfRange, rangeOf, type ShownTime, shownTimeOf, type TimeAddress } from './shown-time.ts';

const route = getRouteApi('/history');
const restMs = 250;
const tickMs = 1_000;

export interface TimeControl {
  /** As the address says; what is read from the server. */
  readonly shown: ShownTime;
  /** A hand's, while it is not in the address yet. */
  readonly passing: Range | undefined;
  readonly take: (range: Range) => void;
  readonly show: (address: TimeAddress) => void;
}

export function useShownTime(): TimeControl {
  const { ticker } = useHouse();
  const { span, from, to } = route.useSearch();
  const navigate = route.useNavigate();
  const [passing, setPassing] = useState<Range>();
  const rest = useRef<ReturnType<typeof globalThis.setTimeout>>(undefined);
  useEffect(() => () => globalThis.clearTimeout(rest.current), []);
  const show = (address: TimeAddress): void => {
    globalThis.clearTimeout(rest.current);
    setPassing(undefined);
    void navigate({
      search: ({ span: _, from: __, to: ___, ...others }) => ({ ...others, ...address }),
      replace: true,
      resetScroll: false,
    });
  };
  const take = (range: Range): void => {
    globalThis.clearTimeout(rest.current);
    setPassing(range);
    rest.current = globalThis.setTimeout(() => show(addressOfRange(range, ticker.now())), restMs);
  };
  return {
    shown: shownTimeOf({ ...(span && { span }), ...(from && { from }), ...(to && { to }) }),
    passing,
    take,
    show,
  };
}

/** What the panels show: while the end is now it goes on with every tick of the house's clock. */
export function useRange({ shown, passing }: TimeControl): Range {
  const { ticker } = useHouse();
  const now = useSyncExternalStore(
    (changed) => ticker.subscribe(changed),
    () => Math.floor(ticker.now() / tickMs) * tickMs,
  );
  return passing ?? rangeOf(shown, now);
}
