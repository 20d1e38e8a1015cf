// What a field may offer while somebody types: topics from the server, devices, rules, usual times.
import { useQuery } from '@tanstack/react-query';
import type { FieldKind } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useRules } from '../rules/use-rules.ts';
import { type Match, useWordsMatch } from './use-words-match.ts';

export interface Suggestion {
  readonly value: string;
  readonly title: string;
  readonly detail?: string;
}

const most = 30;

const fixed: Readonly<Partial<Record<FieldKind, readonly string[]>>> = {
  duration: ['10s', '30s', '1m', '5m', '10m', '30m', '1h', '12h'],
  clock: ['06:30', '07:00', '08:00', '18:00', '22:00', '23:00'],
};

export function useTopicSearch(words: string, isWanted: boolean) {
  const { api } = useHouse();
  return useQuery({
    queryKey: ['topic-search', words],
    queryFn: ({ signal }) => api.searchTopics(words, signal),
    enabled: isWanted,
    placeholderData: (before) => before,
    staleTime: 2_000,
  });
}

function useNamed(field: FieldKind, isWanted: boolean): readonly (Suggestion & { readonly also?: string })[] {
  const { data: devices = [] } = useDevices();
  const { data: rules = [] } = useRules();
  if (!isWanted) return [];
  if (field === 'rule') return rules.map(({ id, name }) => ({ value: id, title: name, detail: id }));
  if (field === 'zone')
    return Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, title: zone }));
  if (field !== 'device') return (fixed[field] ?? []).map((value) => ({ value, title: value }));
  const labels = [...new Set(devices.flatMap((device) => device.labels))];
  const rooms = [...new Set(devices.flatMap(({ room }) => (room === undefined ? [] : [room])))];
  return [
    ...devices.map(({ id, name, room }) => ({
      value: id,
      title: name,
      detail: [room, id].filter(Boolean).join(' · '),
    })),
    ...labels.map((label) => ({ value: `label:${label}`, title: `label: ${label}` })),
    ...rooms.map((room) => ({ value: `room:${room}`, title: `room: ${room}` })),
  ];
}

function fitting(all: readonly Suggestion[], words: string, match: Match): readonly Suggestion[] {
  return all.filter(({ title, detail = '' }) => match(`${title} ${detail}`, words)).slice(0, most);
}

export function useSuggestions(field: FieldKind, words: string, isWanted: boolean): readonly Suggestion[] {
  const isTopic = field === 'filter' || field === 'topic';
  const match = useWordsMatch(isWanted && (field === 'device' || field === 'rule'));
  const topics = useTopicSearch(words, isWanted && isTopic);
  const named = useNamed(field, isWanted && !isTopic);
  if (!isWanted) return [];
  if (!isTopic) return fitting(named, words, match);
  return (topics.data?.items ?? [])
    .slice(0, most)
    .map(({ topic, payload }) => ({ value: topic, title: topic, detail: payload.slice(0, 60) }));
}
