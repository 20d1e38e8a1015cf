export { Flows, type FlowsOptions } from './flows.ts';
export type { Deed, FlowsHouse } from './ports.ts';
