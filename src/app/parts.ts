// The parts of one house as they know each other while they are connected. Some come later than those that call them:
// `running` holds these.
import type { DeviceTopics, HomeAssistantTopics, House, Watchers } from '../api/index.ts';
import type { Bridges } from '../bridges/index.ts';
import type { Broker } from '../broker/index.ts';
import type { Home, Proposals, Registry, TopicContracts, TopicStates } from '../devices/index.ts';
import type { Flows, FlowsProxy } from '../flows/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { LiveServer } from '../live/index.ts';
import type { Plugins } from '../plugins/index.ts';
import type { LiveEngine, RuleLibrary, ShadowLedger } from '../rules/index.ts';
import type { Backups, Store } from '../store/index.ts';
import type { Ground } from './ground.ts';
import type { Machine } from './machine.ts';
import type { PropertyChanges } from './property-changes.ts';

/** What is not there from the beginning. */
export interface Running {
  live?: LiveEngine;
  house?: House;
  http?: HttpServer;
  liveServer?: LiveServer;
  flowsProxy?: FlowsProxy;
  /** Absent unless it is configured. */
  deviceTopics?: DeviceTopics;
  homeAssistant?: HomeAssistantTopics;
  isReady: boolean;
}

/** What stands before the broker does. */
export interface Base {
  readonly ground: Ground;
  readonly running: Running;
  readonly store: Store;
  readonly states: TopicStates;
  readonly devices: Registry;
  readonly contracts: TopicContracts;
  readonly proposals: Proposals;
  readonly home: Home;
  readonly library: RuleLibrary;
  readonly watchers: Watchers;
  readonly propertyChanges: PropertyChanges;
  readonly shadows: ShadowLedger;
}

export interface Parts extends Base {
  readonly broker: Broker;
  readonly bridges: Bridges;
  readonly plugins: Plugins;
  readonly flows: Flows;
  readonly backups: Backups;
  readonly machine: Machine;
}
