// One topic as it is now, and what changed with the latest message.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { changedPaths, type JsonPath, parsePayload } from '../base/json.ts';
import { useLive } from '../live/use-live.ts';

interface Update {
  readonly view: TopicView;
  readonly changed: ReadonlySet<JsonPath>;
  readonly revision: number;
}

function next(before: TopicView | undefined, after: TopicView, revision: number): Update {
  const changed = before
    ? changedPaths(parsePayload(before.payload), parsePayload(after.payload))
    : new Set<JsonPath>();
  return { view: after, changed, revision };
}

export function useTopic(topic: string) {
  const { api } = useHouse();
  const { data, error, refetch } = useQuery({
    queryKey: ['topic', topic],
    queryFn: ({ signal }) => api.topic(topic, signal),
    staleTime: 0,
  });
  const [update, setUpdate] = useState<Update>();
  useLive({
    channel: 'topics',
    filter: topic,
    items: (views) => {
      const latest = views.findLast((view) => view.topic === topic);
      if (latest) setUpdate((known) => next(known?.view ?? data, latest, (known?.revision ?? 0) + 1));
    },
    gap: () => void refetch(),
  });
  const isLiveNewer = update !== undefined && (data === undefined || update.view.at >= data.at);
  return {
    view: isLiveNewer ? update.view : data,
    changed: update?.changed,
    revision: update?.revision ?? 0,
    error,
  };
}
