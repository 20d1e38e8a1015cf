export { Calendar, type CalendarDays } from './calendar.ts';
export { TopicContracts } from './contract/contracts.ts';
export type { ContractFacts, ContractNews } from './contract/topic-contract.ts';
export { type BroughtDevice, broughtSchema } from './discovery/brought.ts';
export type { DiscoveryFormat, DiscoveryProblem } from './discovery/format.ts';
export {
  deviceAnnouncement,
  deviceTopicOf,
  ruleAnnouncement,
  ruleTopicOf,
} from './discovery/home-assistant/announcement.ts';
export { Proposals } from './discovery/learned/proposals.ts';
export { type DeviceMapping, mappingSchema } from './discovery/mapping.ts';
export { type DiscoveryOptions, discoveryFormats } from './discovery/table.ts';
export { deviceErrors } from './errors.ts';
export { HeardTopics } from './heard-topics.ts';
export { type DeviceDirectory, Home, type HomeParts } from './home.ts';
export type { PropertyDescription } from './model/description.ts';
export { slugOf } from './model/names.ts';
export { maxNesting, nestsDeeperThan } from './nesting.ts';
export type { WantedPast } from './past/past.ts';
export {
  type HistorySource,
  type JournalSource,
  type Recollection,
  recallPast,
  recollect,
} from './past/recall.ts';
export type { PastEvent } from './past/series.ts';
export { encodePayload, Payload, sameBytes } from './payload.ts';
export type {
  ContractRow,
  ContractRows,
  DeviceMappingRow,
  DevicePropertyRow,
  DeviceRow,
  DeviceRows,
  SecretRow,
  SecretRows,
  StateRow,
  StateRows,
  VariableRow,
  VariableRows,
} from './ports.ts';
export type { DeviceChange, DeviceEdit } from './registry/changes.ts';
export type { Author, Device, PendingCommand, PropertyState } from './registry/device.ts';
export { type LeftBehind, leftBehind } from './registry/left-behind.ts';
export type { DeviceNews, DevicePresence } from './registry/news.ts';
export {
  Registry,
  type RegistryObserver,
  type RegistryOptions,
} from './registry/registry.ts';
export { answerMs } from './registry/reports.ts';
export type { Descriptions } from './registry/sources.ts';
export type { PastMessage, PropertyTrail, Trails } from './registry/trails.ts';
export { expectedOf } from './registry/values.ts';
export { Secrets } from './secrets.ts';
export { type Place, Sun } from './sun.ts';
export type { TopicState } from './topic-state.ts';
export { paramsOf, type StateLimits, type StateUpdate, TopicStates } from './topic-states.ts';
export { TopicLevel, TopicTree } from './topic-tree.ts';
export { parseValuePath, type ValuePath, valueAt } from './value-path.ts';
export { type Variable, Variables } from './variables.ts';
