// Listens to the house for a while: which devices there are, which topics speak, how many seconds are left.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceView, TopicNode } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useTickingText } from '../parts/age.tsx';

const listeningMs = 30_000;
const refreshMs = 2_000;

export interface Listening {
  readonly devices: readonly DeviceView[];
  /** The first levels of what was heard, without those of the broker and the house itself. */
  readonly topics: readonly TopicNode[];
  readonly secondsLeft: number;
  readonly again: () => void;
}

function isOfOthers({ topic }: TopicNode): boolean {
  return !topic.startsWith('$') && topic !== 'homerule';
}

export function useListening(): Listening {
  const { api, ticker } = useHouse();
  const [since, setSince] = useState(() => ticker.now());
  const left = (): string => String(Math.max(0, Math.ceil((since + listeningMs - ticker.now()) / 1_000)));
  const secondsLeft = Number(useTickingText(left));
  const { data: devices = [] } = useDevices();
  const { data: topics } = useQuery({
    queryKey: ['setup-topics'],
    queryFn: ({ signal }) => api.topicLevel('', signal),
    refetchInterval: secondsLeft > 0 ? refreshMs : false,
  });
  return {
    devices: devices.filter(({ hidden, gone }) => !hidden && !gone),
    topics: (topics?.items ?? []).filter(isOfOthers),
    secondsLeft,
    again: () => setSince(ticker.now()),
  };
}
