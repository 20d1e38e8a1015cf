// Words of the rule language whose meaning is fixed but which this version does not do yet: said plainly, never ignored.

/** Keys of the document. */
export const laterKeys: ReadonlySet<string> = new Set(['shadow']);

export function laterMessage(word: string): string {
  return `"${word}" is part of the rule language, but this version does not do it yet`;
}
