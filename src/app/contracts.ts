// What topics are seen to say, connected to those who are told: rules when they say something else, the devices when it
// looks as if one of them spoke.
import { type DeviceMapping, Proposals, TopicContracts } from '../devices/index.ts';
import type { Base } from './parts.ts';

type ContractParts = Pick<Base, 'ground' | 'running' | 'store' | 'states' | 'devices'>;

export interface Learning {
  readonly contracts: TopicContracts;
  readonly proposals: Proposals;
}

/** Before the engine is there, the registry is told itself. */
function propose(
  { ground, running, devices }: ContractParts,
  key: string,
  document: DeviceMapping | null,
): void {
  const at = ground.clock.now();
  const change = { change: 'learn', key, document } as const;
  if (running.live === undefined) devices.change(change, at, '');
  else running.live.decide({ kind: 'command', at, command: { do: 'device', change }, by: '' });
}

export function makeLearning(parts: ContractParts): Learning {
  const { ground, running, store, states, devices } = parts;
  const { clock, config } = ground;
  const contracts: TopicContracts = new TopicContracts({
    clock,
    rows: store.contracts,
    most: config.limits.stateTopics,
    find: (topic) => states.find(topic),
    isIgnored: (topic) => topic.startsWith(`${config.devices.homeAssistant.prefix}/`),
    observer: {
      news: (topic, told) => {
        const { news, ...data } = told;
        running.live?.noticed(`contract/${news}`, { topic, ...data });
        running.house?.lines.topic(topic, told);
      },
      learned: (topic) => {
        if (config.devices.learn) proposals.look(topic);
      },
    },
  });
  const proposals = new Proposals({
    contract: (topic) => contracts.find(topic),
    formatOf: (topic) => devices.formatOf(topic),
    isSaidByDevice: (topic) => ['client', 'bridge'].includes(states.find(topic)?.origin ?? ''),
    propose: (key, mapping) => propose(parts, key, mapping),
  });
  return { contracts, proposals };
}
