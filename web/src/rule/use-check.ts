// The server's opinion of a text, asked for when typing pauses. The last answer stays until the next one is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ProblemView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useSettledText } from '../parts/use-settled-text.ts';

export interface Check {
  readonly problems: readonly ProblemView[];
  readonly state: 'checking' | 'checked' | 'unreachable';
  readonly errors: number;
  readonly warnings: number;
}

const nothing: readonly ProblemView[] = [];

export function useCheck(text: string): Check {
  const { api } = useHouse();
  const settled = useSettledText(text, 300);
  const { data, isFetching, isError } = useQuery({
    queryKey: ['check', settled],
    queryFn: ({ signal }) => api.checkRule(settled, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const problems = data?.problems ?? nothing;
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const isCurrent = settled === text && !isFetching;
  const state = isError ? 'unreachable' : isCurrent ? 'checked' : 'checking';
  return { problems, state, errors, warnings: problems.length - errors };
}
