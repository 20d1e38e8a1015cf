export type { StateRow, StateRows } from './ports.ts';
