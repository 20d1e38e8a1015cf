export { maxNesting, nestsDeeperThan } from './nesting.ts';
export { encodePayload, Payload, sameBytes } from './payload.ts';
export type { StateRow, StateRows } from './ports.ts';
export type { TopicState } from './topic-state.ts';
export { paramsOf, type StateLimits, type StateUpdate, TopicStates } from './topic-states.ts';
export { TopicLevel, TopicTree } from './topic-tree.ts';
