export { Backups } from './backup/backups.ts';
export { listBackups } from './backup/list.ts';
export {
  adoptBackup,
  backUpFolder,
  checkFolder,
  finishRestore,
  previewFolder,
  restoreFolder,
} from './backup/offline.ts';
export type { Restored } from './backup/restore.ts';
export { ChunkReader, type Interest } from './chunk-reader.ts';
export type { GroupCommit } from './group-commit.ts';
export type { History, HistoryDrawing, HistoryRange } from './history.ts';
export type { Journal, JournalPage, JournalQuery } from './journal.ts';
export { type KeptRows, unpackRowsNow } from './kept-rows.ts';
export { type Lock, takeLock } from './lock.ts';
export { checkedColumns } from './parse-json.ts';
export type { Missing, Past, PastStart } from './past.ts';
export type { Gap, PackedChunk } from './protocol.ts';
export type { RuleVersions } from './rule-versions.ts';
export type { Snapshots } from './snapshots.ts';
export { unpackChunk } from './sqlite/journal-slices.ts';
export { Store, type StoreOptions } from './store.ts';
export type { Table } from './table.ts';
export type { MetaRow } from './tables/meta.ts';
export { ruleVersionKey } from './tables/rule-versions.ts';
export type { TraceQuery, Traces } from './traces.ts';
