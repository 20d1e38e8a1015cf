// Live updates inside components.
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LiveChannel, LiveItems } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import type { LiveState } from './live-client.ts';

export interface LiveUse<Channel extends LiveChannel> {
  readonly channel: Channel;
  /** An MQTT filter for topics, a rule id for runs; undefined means all. */
  readonly filter?: string | undefined;
  /** False: not subscribed. */
  readonly wanted?: boolean;
  readonly items: (items: readonly LiveItems[Channel][]) => void;
  readonly gap?: () => void;
}

export function useLive<Channel extends LiveChannel>(use: LiveUse<Channel>): void {
  const { live } = useHouse();
  const items = useEffectEvent((batch: readonly LiveItems[Channel][]) => use.items(batch));
  const gap = useEffectEvent(() => use.gap?.());
  const { channel, filter, wanted = true } = use;
  useEffect(() => {
    if (!wanted) return;
    return live.subscribe(channel, filter, { items: (batch) => items(batch), gap: () => gap() });
  }, [live, channel, filter, wanted]);
}

export function useLiveState(): LiveState {
  const { live } = useHouse();
  return useSyncExternalStore(
    (changed) => live.watch(changed),
    () => live.state,
  );
}
