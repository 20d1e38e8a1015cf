// Unapplied text of rules with what can be undone in it, kept in the browser so that a reload or a crash loses nothing.
import { isContainer } from '../base/json.ts';
import { fits, recent, type Step, type TextHistory } from '../document/text-history.ts';

export interface Draft {
  readonly source: string;
  /** The version that the text was begun from; 0 for a new rule. */
  readonly version: number;
  readonly savedAt: number;
  readonly history?: TextHistory;
}

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Of the rule that does not exist yet. */
export const newRuleKey = 'new';

const prefix = 'homerule.draft.';
/** Characters of history that one draft may take of the few millions that a browser gives. */
const mostHistory = 200_000;

function isStep(value: unknown): value is Step {
  if (!isContainer(value) || Array.isArray(value)) return false;
  const { at, removed, inserted, group, time } = value;
  const isText = [removed, inserted, group].every((each) => typeof each === 'string');
  return isText && typeof at === 'number' && typeof time === 'number';
}

function stepsFrom(value: unknown): readonly Step[] {
  return Array.isArray(value) && value.every(isStep) ? value : [];
}

function historyFrom(source: string, { history }: Partial<Draft>): Pick<Draft, 'history'> {
  if (history === undefined) return {};
  const kept = { past: stepsFrom(history.past), future: stepsFrom(history.future) };
  return fits(source, kept) ? { history: kept } : {};
}

function draftFrom(text: string): Draft | undefined {
  try {
    const value = JSON.parse(text) as Partial<Draft>;
    if (typeof value.source !== 'string' || typeof value.version !== 'number') return undefined;
    const { source, version, savedAt = 0 } = value;
    return { source, version, savedAt, ...historyFrom(source, value) };
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
    const { history, ...text } = draft;
    const whole = history ? { ...text, history: recent(history, mostHistory) } : text;
    return this.#write(rule, whole) || this.#write(rule, text);
  }

  drop(rule: string): void {
    this.#storage.removeItem(prefix + rule);
  }

  /** Tells of every change that another tab of this browser makes, undefined when it drops the draft; gives the undo. */
  watch(rule: string, onChange: (draft: Draft | undefined) => void): () => void {
    const hear = ({ key, newValue }: StorageEvent): void => {
      if (key === prefix + rule) onChange(newValue === null ? undefined : draftFrom(newValue));
    };
    globalThis.addEventListener('storage', hear);
    return () => globalThis.removeEventListener('storage', hear);
  }

  #write(rule: string, draft: Draft): boolean {
    try {
      this.#storage.setItem(prefix + rule, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }
}
