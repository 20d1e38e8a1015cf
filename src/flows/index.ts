export { Flows, type FlowsOptions } from './flows.ts';
export type { Deed, FlowsHouse } from './ports.ts';
export type { FlowsProxyOptions } from './proxy/proxy.ts';
export { FlowsProxy } from './proxy/proxy.ts';
export { FlowSeeds } from './seeds/flow-seeds.ts';
export { SeedLibrary } from './seeds/seed-library.ts';
