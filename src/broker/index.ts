export { Broker } from './broker.ts';
export type { ClientListener, ClientView, SubscriptionView } from './connections.ts';
export type { BrokerFigures } from './counters.ts';
export type { BrokerAddresses } from './doors.ts';
export { brokerErrors } from './errors.ts';
export type { BoundAddress } from './listen.ts';
export { type BrokerLimits, type BrokerOptions, defaultLimits, type Endpoint } from './options.ts';
export type {
  QueuedMessageRow,
  QueueRow,
  ReceiptRow,
  SessionRow,
  SessionTables,
  SubscriptionRow,
  WillRow,
} from './persistence/tables.ts';
export type {
  Accept,
  ClientEvent,
  Message,
  MessageProperties,
  Origin,
  RetainedRow,
  RetainedRows,
} from './ports.ts';
