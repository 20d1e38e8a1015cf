// How the triggers and conditions of the text stand now, asked for all rows together: when typing pauses, when a message
// or device that matters says something, and now and then for what the clock decides. The server decides.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { PresentEntryView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';
import { useSettledText } from '../parts/use-settled-text.ts';
import { presentOf } from './form-calls.ts';

/** By path of the trigger or condition. */
export type Presents = ReadonlyMap<string, PresentEntryView>;

/** Not oftener, whatever comes. */
const pauseMs = 400;
const clockMs = 10_000;
/** Without filters any message matters; so many messages need no answer each. */
const anyMs = 3_000;
const mostFilters = 24;

const none: Presents = new Map();

/** Calls at once, and then at most once in each pause. */
function usePaced(call: () => void): () => void {
  const timer = useRef<ReturnType<typeof globalThis.setTimeout>>(undefined);
  const isWanted = useRef(false);
  const run = useEffectEvent(call);
  useEffect(() => () => globalThis.clearTimeout(timer.current), []);
  const next = (): void => {
    timer.current = undefined;
    if (!isWanted.current) return;
    isWanted.current = false;
    run();
    timer.current = globalThis.setTimeout(next, pauseMs);
  };
  return () => {
    isWanted.current = true;
    timer.current ??= globalThis.setTimeout(next, 0);
  };
}

function useTopicNews(filters: readonly string[] | undefined, said: () => void): void {
  const { live } = useHouse();
  const heard = useEffectEvent(said);
  const key = filters?.slice(0, mostFilters).join('\n') ?? '';
  useEffect(() => {
    if (key === '') return;
    const listener = { items: () => heard(), gap: () => heard() };
    const undos = key.split('\n').map((filter) => live.subscribe('topics', filter, listener));
    return () => {
      for (const undo of undos) undo();
    };
  }, [live, key]);
}

export function usePresent(text: string, isWanted: boolean): Presents {
  const { api } = useHouse();
  const settled = useSettledText(text, 300);
  const { data, refetch } = useQuery({
    queryKey: ['present', settled],
    queryFn: ({ signal }) => presentOf(api, settled, signal),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    refetchInterval: ({ state }) => (state.data && state.data.filters === undefined ? anyMs : clockMs),
  });
  const again = usePaced(() => {
    if (isWanted && !globalThis.document.hidden) void refetch({ cancelRefetch: false });
  });
  useTopicNews(data?.filters, again);
  useLive({ channel: 'devices', wanted: data?.readsDevices === true, items: again, gap: again });
  return useMemo(() => (data ? new Map(data.entries.map((entry) => [entry.path, entry])) : none), [data]);
}
