// What is done to a data folder in which no house runs: for the command line, which may not enter the store.
export {
  adoptBackup,
  backUpFolder,
  checkFolder,
  finishRestore,
  listBackups,
  previewFolder,
  type Restored,
  restoreFolder,
} from '../store/index.ts';
