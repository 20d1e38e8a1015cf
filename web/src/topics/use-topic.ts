// One topic as it is now, and what changed with the latest message.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { changedPaths, type JsonPath, parsePayload } from '../base/json.ts';
import { useLive } from '../live/use-live.ts';

interface Change {
  readonly paths: ReadonlySet<JsonPath>;
  /** Grows with each message. */
  readonly revision: number;
  /** The message before the latest, since this page looks. */
  readonly before?: TopicView;
}

const noChange: Change = { paths: new Set(), revision: 0 };

function pathsBetween(before: TopicView | undefined, after: TopicView): ReadonlySet<JsonPath> {
  if (!before) return noChange.paths;
  return changedPaths(parsePayload(before.payload), parsePayload(after.payload));
}

export function topicKey(topic: string) {
  return ['topic', topic] as const;
}

export function useTopic(topic: string) {
  const { api } = useHouse();
  const queries = useQueryClient();
  const [change, setChange] = useState(noChange);
  const { data, error, refetch } = useQuery({
    queryKey: topicKey(topic),
    queryFn: ({ signal }) => api.topic(topic, signal),
  });
  useLive({
    channel: 'topics',
    filter: topic,
    items: (views) => {
      const latest = views.findLast((view) => view.topic === topic);
      if (!latest) return;
      const before = queries.getQueryData<TopicView>(topicKey(topic));
      queries.setQueryData(topicKey(topic), latest);
      setChange(({ revision }) => ({
        paths: pathsBetween(before, latest),
        revision: revision + 1,
        ...(before && { before }),
      }));
    },
    gap: () => void refetch(),
  });
  return { view: data, changed: change.paths, revision: change.revision, before: change.before, error };
}
