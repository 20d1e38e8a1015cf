// Both databases of a house, opened at start and opened again when the disk has made a connection doubtful.
import Sqlite from 'better-sqlite3';
import { SystemClock, type Timestamp } from '../../base/index.ts';
import { storeError } from '../errors.ts';
import type { Operations, SetAside } from '../protocol.ts';
import { HistoryFile } from './history-file.ts';
import { TruthFile } from './truth-file.ts';

/** Older ones have a known way to damage a database in WAL mode. */
const oldestSqlite: readonly number[] = [3, 53, 2];

export class Files {
  readonly #onSetAside: (moved: SetAside) => void;
  #truth: TruthFile | undefined;
  #history: HistoryFile | undefined;

  /** `onSetAside` hears of files that were put aside after the start. */
  constructor(onSetAside: (moved: SetAside) => void) {
    this.#onSetAside = onSetAside;
  }

  async open({ dir, at, history }: Operations['open']['in']): Promise<Operations['open']['out']> {
    const sqlite = checkedSqlite();
    this.#truth = new TruthFile(dir);
    this.#history = new HistoryFile(dir, history);
    const moved = [await this.#truth.open(at), await this.#history.open(at)];
    this.#history.begin(at);
    return { setAside: moved.filter((one) => one !== undefined), sqlite };
  }

  truth(): Promise<TruthFile> {
    return this.#ready(this.#truth);
  }

  history(): Promise<HistoryFile> {
    return this.#ready(this.#history);
  }

  close(at: Timestamp): void {
    try {
      if (this.#history?.isOpen === true) this.#history.end(at);
    } finally {
      this.#history?.close();
      this.#truth?.close();
    }
  }

  async #ready<File extends TruthFile | HistoryFile>(file: File | undefined): Promise<File> {
    if (file === undefined) throw storeError('store-failed', 'the store is not open');
    if (!file.isOpen) {
      const moved = await file.open(new SystemClock().now());
      if (moved !== undefined) this.#onSetAside(moved);
    }
    return file;
  }
}

function checkedSqlite(): string {
  const db = new Sqlite(':memory:');
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '0';
  db.close();
  const parts = version.split('.').map(Number);
  const index = oldestSqlite.findIndex((wanted, i) => (parts[i] ?? 0) !== wanted);
  if (index >= 0 && (parts[index] ?? 0) < (oldestSqlite[index] ?? 0)) {
    throw storeError('store-unopenable', `SQLite ${version} is too old, ${oldestSqlite.join('.')} is needed`);
  }
  return version;
}
