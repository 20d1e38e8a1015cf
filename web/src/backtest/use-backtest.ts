// One backtest of a text over a stretch of time. What was once asked is kept, so that Apply shows it without asking again.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BacktestRequest, BacktestView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { backtest } from './backtest-calls.ts';

export const spans = { day: '-24h', week: '-7d' } as const;
export type Span = keyof typeof spans;

export interface Tested {
  readonly rule: string;
  /** In force. */
  readonly version: number;
  /** Undefined: the version in force is tested. */
  readonly draft: string | undefined;
  readonly span: Span;
}

export interface BacktestState {
  readonly result: BacktestView | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly progress: number;
  readonly start: () => void;
  readonly cancel: () => void;
}

function requestOf({ draft, span }: Tested): BacktestRequest {
  const from = spans[span];
  return draft === undefined ? { from } : { from, source: draft, against: 'current' };
}

export function useBacktest(tested: Tested, isWanted: boolean): BacktestState {
  const { api } = useHouse();
  const queries = useQueryClient();
  const [progress, setProgress] = useState(0);
  const { rule, version, draft, span } = tested;
  const queryKey = ['backtest', rule, version, draft ?? '', span] as const;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      setProgress(0);
      return backtest(api, { rule, request: requestOf(tested), signal, onProgress: setProgress });
    },
    enabled: isWanted,
    retry: false,
    // Of the same rule: what was before a few keys stands until the next answer is there.
    placeholderData: (known, query) => (query?.queryKey[1] === rule ? known : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 600_000,
  });
  return {
    result: data,
    error,
    isRunning: isFetching,
    progress,
    start: () => void refetch(),
    cancel: () => void queries.cancelQueries({ queryKey }),
  };
}
