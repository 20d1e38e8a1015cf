// What an expression gives now, asked for when typing pauses. The server evaluates: there is no second engine here.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EvaluateView, TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

const pauseMs = 300;

export interface Evaluation {
  readonly expression: string;
  readonly view: EvaluateView;
}

export function useEvaluation(expression: string, sample: TopicView | undefined): Evaluation | undefined {
  const { api } = useHouse();
  const [settled, setSettled] = useState(expression);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSettled(expression), pauseMs);
    return () => globalThis.clearTimeout(timer);
  }, [expression]);
  const { data } = useQuery({
    queryKey: ['evaluate', settled, sample?.topic, sample?.at],
    queryFn: async ({ signal }) => ({
      expression: settled,
      view: await api.evaluate(
        { expression: settled, ...(sample && { message: { topic: sample.topic } }) },
        signal,
      ),
    }),
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  return data?.expression === expression ? data : undefined;
}
