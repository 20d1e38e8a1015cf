// Unapplied text of rules, kept in the browser so that a reload or a crash loses nothing.
export interface Draft {
  readonly source: string;
  /** The version that the text was begun from; 0 for a new rule. */
  readonly version: number;
  readonly savedAt: number;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'homerule.draft.';

function draftFrom(text: string): Draft | undefined {
  try {
    const value = JSON.parse(text) as Partial<Draft>;
    if (typeof value.source !== 'string' || typeof value.version !== 'number') return undefined;
    return { source: value.source, version: value.version, savedAt: value.savedAt ?? 0 };
  } catch {
    return undefined; // written by something else
  }
}

export class DraftStore {
  readonly #storage: DraftStorage;

  constructor(storage: DraftStorage) {
    this.#storage = storage;
  }

  find(rule: string): Draft | undefined {
    const text = this.#storage.getItem(prefix + rule);
    return text === null ? undefined : draftFrom(text);
  }

  /** False when the browser has no room or allows no storage: the text is then only on the screen. */
  keep(rule: string, draft: Draft): boolean {
    try {
      this.#storage.setItem(prefix + rule, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  drop(rule: string): void {
    this.#storage.removeItem(prefix + rule);
  }
}
