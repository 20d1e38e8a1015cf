// What the palette can find, and in which order it is shown.
import type { ComponentType } from 'react';
import { type FindIn, type Found, find, type Named } from './match.ts';

export type EntryKind = 'page' | 'do' | 'device' | 'rule' | 'runs' | 'topic';

export interface Entry extends Named {
  /** Remembered as recent by it. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  readonly open: () => void;
}

export interface Hit {
  readonly entry: Entry;
  readonly span?: Found['span'];
}

const most = 40;
const mostRecent = 8;

/** Without words: what was opened last, then the pages and what can be done. */
function unsought(entries: readonly Entry[], recent: readonly string[]): readonly Hit[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const latest = recent.flatMap((id) => byId.get(id) ?? []).slice(0, mostRecent);
  const rest = entries.filter((entry) => isShort(entry) && !latest.includes(entry));
  return [...latest, ...rest].map((entry) => ({ entry }));
}

function isShort({ kind }: Entry): boolean {
  return kind === 'page' || kind === 'do';
}

export interface Search {
  readonly words: string;
  readonly recent: readonly string[];
  readonly byPinyin: FindIn | undefined;
}

export function hitsOf(entries: readonly Entry[], { words, recent, byPinyin }: Search): readonly Hit[] {
  if (words === '') return unsought(entries, recent);
  const place = new Map(recent.map((id, index) => [id, index - recent.length]));
  return entries
    .flatMap((entry) => {
      const found = find(entry, words, byPinyin);
      return found ? [{ entry, found }] : [];
    })
    .toSorted(
      (a, b) => a.found.rank - b.found.rank || (place.get(a.entry.id) ?? 0) - (place.get(b.entry.id) ?? 0),
    )
    .slice(0, most)
    .map(({ entry, found: { span } }) => ({ entry, ...(span && { span }) }));
}

export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, 3 * mostRecent);
}
