// The channels and what counts as the same thing in each: within a batch the latest item of a key wins.
// Nothing is replayed at `sub`: a client subscribes, then reads the present over HTTP, then applies what comes.
import type { Api, LiveChannel, LiveItems } from '../api/index.ts';
import type { Undo } from '../base/index.ts';

const keys: { readonly [Channel in LiveChannel]: (item: LiveItems[Channel]) => string } = {
  topics: ({ topic }) => topic,
  devices: (change) => (change.change === 'forgotten' ? change.id : change.device.id),
  rules: (change) => (change.change === 'deleted' ? change.id : change.rule.id),
  runs: ({ id }) => id,
  timers: ({ timer }) => timer.id,
  system: () => 'system',
  log: ({ id }) => id,
  flows: ({ call }) => call,
};

/** Calls `arrive` for each item of a channel with its key. Throws what `Api.watch` throws. */
export function watchChannel<Channel extends LiveChannel>(
  api: Api,
  request: { readonly channel: Channel; readonly filter?: string },
  arrive: (key: string, item: unknown) => void,
): Undo {
  const { channel, filter } = request;
  return api.watch(channel, filter, (item) => arrive(keys[channel](item), item));
}
