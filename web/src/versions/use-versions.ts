// The versions of a rule, newest first, and the text of one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { versionsCalls } from './versions-calls.ts';

/** Versions never change: the list is read again when another one is in force. */
const lasting = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

export function useVersions({ id, version }: RuleView) {
  const { api } = useHouse();
  return useQuery({
    ...lasting,
    queryKey: ['rule-versions', id, version],
    queryFn: ({ signal }) => versionsCalls(api, id).list(signal),
    placeholderData: keepPreviousData,
  });
}

export function useVersionText(rule: string, version: number | undefined) {
  const { api } = useHouse();
  return useQuery({
    ...lasting,
    queryKey: ['rule-version', rule, version],
    queryFn: async ({ signal }) => (await api.ruleVersion(rule, version ?? 0, signal)).source ?? '',
    enabled: version !== undefined,
  });
}
