// Plays the tests of a rule, or of the draft of it, in virtual time.
import { useQuery } from '@tanstack/react-query';
import type { RuleTestsView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

export interface TestedText {
  readonly rule: string;
  readonly version: number;
  /** Undefined: the version in force. */
  readonly draft: string | undefined;
}

export function useTests({ rule, version, draft }: TestedText) {
  const { api } = useHouse();
  const path = `/rules/${encodeURIComponent(rule)}/test`;
  return useQuery({
    queryKey: ['tests', rule, version, draft ?? ''],
    queryFn: ({ signal }) =>
      api.call<RuleTestsView>(path, {
        method: 'POST',
        json: draft === undefined ? {} : { source: draft },
        signal,
      }),
    retry: false,
    staleTime: 60_000,
  });
}
