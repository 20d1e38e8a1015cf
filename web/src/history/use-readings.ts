// Reads one value's past for the shown time: again and again while its end is now, once when it is not.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { useHouse } from '../app/house.ts';
import type { SeriesName } from './series.ts';
import { rangeOf, type ShownTime } from './shown-time.ts';

const refreshMs = 5_000;
const points = 600;

export function useReadings({ topic, path }: SeriesName, shown: ShownTime) {
  const { api, ticker } = useHouse();
  return useQuery({
    queryKey: ['history', topic, path, shown],
    queryFn: ({ signal }) => {
      const [from, to] = rangeOf(shown, ticker.now());
      return api.history({ topic, path, from, to, points }, signal);
    },
    refetchInterval: shown.follows ? refreshMs : false,
    refetchOnWindowFocus: shown.follows,
    placeholderData: keepPreviousData,
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status === 404),
  });
}
