export type {
  Accept,
  ClientEvent,
  Message,
  MessageProperties,
  Origin,
  RetainedRow,
  RetainedRows,
} from './ports.ts';
