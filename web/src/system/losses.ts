// Counters that stand for something lost or refused, the worst first.
export const lossNames = [
  'engineFaults',
  'storeFailedCommits',
  'journalFailedWrites',
  'historyFailedWrites',
  'tracesFailedWrites',
  'snapshotsFailed',
  'storeBadRows',
  'messagesDropped',
  'outcomesDropped',
  'journalDroppedEntries',
  'tracesDropped',
  'queueDropped',
  'sendDropped',
  'bridgeDropped',
  'bridgeMissed',
  'pluginMessagesDropped',
  'retainedRefused',
  'stuckCut',
  'malformed',
  'refusedLogins',
  'deniedPublishes',
  'caught',
] as const;

export type LossName = (typeof lossNames)[number];

export function lossesOf(
  counters: Readonly<Record<string, number>>,
): readonly { readonly name: LossName; readonly count: number }[] {
  return lossNames.map((name) => ({ name, count: counters[name] ?? 0 })).filter(({ count }) => count > 0);
}
