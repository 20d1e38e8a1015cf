// What topics are seen to say, connected to those who are told when they say something else.
import { TopicContracts } from '../devices/index.ts';
import type { Base } from './parts.ts';

export function makeContracts({
  ground,
  running,
  store,
  states,
}: Pick<Base, 'ground' | 'running' | 'store' | 'states'>): TopicContracts {
  const { clock, config } = ground;
  return new TopicContracts({
    clock,
    rows: store.contracts,
    most: config.limits.stateTopics,
    find: (topic) => states.find(topic),
    observer: {
      news: (topic, told) => {
        const { news, ...data } = told;
        running.live?.noticed(`contract/${news}`, { topic, ...data });
        running.house?.lines.topic(topic, told);
      },
      shapeChanged: () => undefined,
    },
  });
}
