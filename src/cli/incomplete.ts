// Why an answer about the past may not be all there was, in words.
const words: Readonly<Record<string, string>> = {
  'no-snapshot': 'no snapshot of that time is kept: it begins with a house that knows nothing',
  'not-kept': 'the journal does not go back so far',
  excluded: 'the journal leaves these topics out',
  thinned: 'of these topics the journal keeps only a part',
  'unclean-stop': 'the house ended without having written everything down',
  overload: 'the journal could not keep up',
  'write-failed': 'the journal could not be written',
  'not-storable': 'something was too large or too odd for the journal',
  'set-aside': 'a damaged file of the journal was set aside',
  'too-much': 'there was more than is gone through for one question',
  'unknown-answers': 'what work outside answered is not known',
  'too-many-firings': 'not all runs are listed',
};

/** One that is new stands as it is. */
export function incompleteText(reason: string): string {
  return words[reason] ?? reason;
}

interface Incomplete {
  readonly reason: string;
  readonly filter?: string | undefined;
  readonly count?: number | null | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** With the topics that it is about, how many, and when. */
export function incompleteLine({ reason, filter, count, from, to }: Incomplete): string {
  const about = filter === undefined ? '' : ` (${filter})`;
  const many = count === undefined || count === null ? '' : `: ${count}`;
  const isGap = from !== undefined && to !== undefined;
  const when = isGap ? `, ${new Date(from).toISOString()} to ${new Date(to).toISOString()}` : '';
  return `${incompleteText(reason)}${about}${many}${when}`;
}
