export type {
  AccessBook,
  AccessOptions,
  AccessQuestion,
  RevokeListener,
  StoredRows,
} from './access/access-book.ts';
export type { AccessKind, AccessWord, Verdict } from './access/rule.ts';
export { everybody } from './access/rule-book.ts';
export { Broker } from './broker.ts';
export type { ClientListener } from './client-events.ts';
export type { AbsentSession, ClientView, SubscriptionView } from './client-view.ts';
export type { BrokerFigures } from './counters.ts';
export { brokerErrors } from './errors.ts';
export type { HouseListener } from './house-listeners.ts';
export type { BrokerAddresses } from './listeners/doors.ts';
export type { BoundAddress } from './listeners/listen.ts';
export {
  type BrokerLimits,
  type BrokerOptions,
  defaultLimits,
  type Endpoint,
  type TlsOptions,
} from './options.ts';
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
  AclRow,
  ClientEvent,
  Ending,
  Message,
  MessageProperties,
  Origin,
  RetainedRow,
  RetainedRows,
  UserRow,
} from './ports.ts';
