// Drafts of rules that do not exist yet: one is written at, a few begun before it wait aside. Nothing unapplied is lost by
// beginning another.
import { type Draft, type DraftStore, newRuleKey } from './draft-store.ts';

type Drafts = Pick<DraftStore, 'find' | 'keep' | 'drop'>;

export interface Aside {
  readonly key: string;
  readonly draft: Draft;
}

/** The oldest makes room. */
const places = ['earlier', '2', '3', '4', '5'].map((place) => `${newRuleKey}~${place}`);

/** Newest first. */
export function asides(drafts: Drafts): readonly Aside[] {
  const found = places.flatMap((key) => {
    const draft = drafts.find(key);
    return draft === undefined ? [] : [{ key, draft }];
  });
  return found.toSorted((a, b) => b.draft.savedAt - a.draft.savedAt);
}

/** So many more can wait without another one having to go. */
export function freePlaces(drafts: Drafts): number {
  return places.length - asides(drafts).length;
}

export function putAside(drafts: Drafts, draft: Draft): void {
  const kept = asides(drafts);
  if (kept.some((aside) => aside.draft.source === draft.source)) return;
  const free = places.find((key) => kept.every((aside) => aside.key !== key)) ?? kept.at(-1)?.key;
  if (free !== undefined) drafts.keep(free, draft);
}

/** What was begun before goes aside; true: there was something. */
export function clearNew(drafts: Drafts, source: string): boolean {
  const before = drafts.find(newRuleKey);
  if (before === undefined || before.source === source) return false;
  putAside(drafts, before);
  drafts.drop(newRuleKey);
  return true;
}

/** A new rule is begun with this text. */
export function beginNew(drafts: Drafts, draft: Draft): void {
  clearNew(drafts, draft.source);
  for (const { key, draft: aside } of asides(drafts)) if (aside.source === draft.source) drafts.drop(key);
  drafts.keep(newRuleKey, draft);
}

/** What a draft is called in it. */
export function nameIn(source: string): string | undefined {
  const name = /^name:[ \t]*(["']?)(.+?)\1[ \t]*$/m.exec(source)?.[2]?.trim();
  return name === undefined || name === '' ? undefined : name;
}
