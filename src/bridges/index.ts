export { Bridges, type BridgesOptions } from './bridges.ts';
export type { BridgeCounters, BridgeFigures } from './figures.ts';
export type {
  BridgeMessageRow,
  BridgeReceiptRow,
  BridgeRow,
  BridgeStore,
  LocalBroker,
} from './ports.ts';
export { receiptKey } from './ports.ts';
export { type BridgeDocument, type BridgeSettings, parseSettings } from './settings.ts';
export type { BridgeState, BridgeView } from './view.ts';
