// The latest payloads as formats read them: a topic with an empty one has none.
import type { TopicsView } from '../discovery/format.ts';
import type { TopicStates } from '../topic-states.ts';

export function topicsViewOf(states: Pick<TopicStates, 'find' | 'tree'>): TopicsView {
  return {
    payload: (topic) => {
      const payload = states.find(topic)?.payload;
      return payload === undefined || payload.bytes.length === 0 ? undefined : payload;
    },
    topics: (filter) =>
      states.tree
        .match(filter)
        .filter(({ payload }) => payload.bytes.length > 0)
        .map(({ topic }) => topic),
  };
}
