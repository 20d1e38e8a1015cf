// A house in which nothing ever spoke and nothing is known: for expressions about one value, and to build others on.
import type { HomeView } from './contract.ts';

export const emptyHome: HomeView = {
  zone: 'UTC',
  state: () => undefined,
  states: () => [],
  last: () => undefined,
  changedAt: () => undefined,
  sun: () => undefined,
  calendar: { isHoliday: () => false, isWorkday: () => true },
  variable: () => undefined,
  device: () => undefined,
  devices: () => [],
  commandsFor: () => undefined,
  over: () => ({ count: 0, changes: 0 }),
  at: () => undefined,
  secret: () => undefined,
};
