// What was really seen on a topic: the values of a field, its range, and what it says now.
import { useQuery } from '@tanstack/react-query';
import type { TopicDetail } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { parsePayload } from '../base/json.ts';
import { valueAt } from '../document/edit.ts';
import { pathFrom } from '../document/places.ts';
import { topicDetail } from './form-calls.ts';
import { useLatest } from './sample.ts';
import type { SeenPlace } from './seen-place.ts';

export interface Seen {
  readonly topic: string;
  /** What it says now first. */
  readonly values: readonly unknown[];
  /** The fields that it has. */
  readonly paths: readonly string[];
  readonly now?: unknown;
  readonly min?: number;
  readonly max?: number;
}

const most = 8;

export function seenIn({ topic, payload, binary, contract }: TopicDetail, path: string): Seen {
  const fields = contract?.fields ?? [];
  const { values = [], min, max } = fields.find((field) => field.path === path) ?? {};
  const now = binary === true ? undefined : valueAt(parsePayload(payload), pathFrom(path));
  const isPlain = now !== undefined && now !== null && typeof now !== 'object';
  const all = [...new Set<unknown>(isPlain ? [now, ...values] : values)].slice(0, most);
  const paths = fields.flatMap((field) => (field.path === '' ? [] : [field.path])).slice(0, 3 * most);
  const range = typeof min === 'number' && typeof max === 'number' ? { min, max } : {};
  return { topic, values: all, paths, ...range, ...(isPlain && { now }) };
}

export function useTopicDetail(topic: string | undefined): TopicDetail | undefined {
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['topic-detail', topic],
    queryFn: ({ signal }) => topicDetail(api, topic ?? '', signal),
    enabled: topic !== undefined,
    staleTime: 5_000,
    retry: false,
  });
  return data;
}

export function useSeen(place: SeenPlace | undefined): Seen | undefined {
  const latest = useLatest(place?.filter, place !== undefined);
  const detail = useTopicDetail(latest?.topic);
  return place && detail && seenIn(detail, place.path);
}
