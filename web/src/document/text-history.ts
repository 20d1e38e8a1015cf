// What was done to a text, as changes that can be taken back and made again; typing in one place counts as one. Plain
// JSON, so that it can be kept with a draft.
export interface TextChange {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** One step of undo. */
export interface Step extends TextChange {
  /** Changes of one group that follow each other soon are one step. */
  readonly group: string;
  readonly time: number;
}

export interface TextHistory {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export const noHistory: TextHistory = { past: [], future: [] };

const togetherMs = 1_000;

/** What lies between the common beginning and the common end. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before[at] === after[at]) at += 1;
  let tail = 0;
  while (tail < shorter - at && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return {
    at,
    removed: before.slice(at, before.length - tail),
    inserted: after.slice(at, after.length - tail),
  };
}

export function redone(text: string, { at, removed, inserted }: TextChange): string {
  return text.slice(0, at) + inserted + text.slice(at + removed.length);
}

export function undone(text: string, { at, removed, inserted }: TextChange): string {
  return text.slice(0, at) + removed + text.slice(at + inserted.length);
}

/** Whether the text stays as the history expects: not after another program wrote the draft. */
export function fits(text: string, { past, future }: TextHistory): boolean {
  const [last, next] = [past.at(-1), future.at(-1)];
  const isLast = last === undefined || text.startsWith(last.inserted, last.at);
  return isLast && (next === undefined || text.startsWith(next.removed, next.at));
}

function joins(last: Step | undefined, step: Step): last is Step {
  if (last === undefined || last.group !== step.group || step.time - last.time > togetherMs) return false;
  return step.at >= last.at && step.at <= last.at + last.inserted.length;
}

/** `before` is the text that the last step led to. */
export function recorded(
  history: TextHistory,
  { before, after }: { readonly before: string; readonly after: string },
  { group, time }: Pick<Step, 'group' | 'time'>,
): TextHistory {
  const step = { ...changeBetween(before, after), group, time };
  if (step.removed === '' && step.inserted === '') return history;
  const last = history.past.at(-1);
  if (!joins(last, step)) return { past: [...history.past, step], future: [] };
  const start = undone(before, last);
  return {
    past: [...history.past.slice(0, -1), { ...changeBetween(start, after), group, time }],
    future: [],
  };
}

export interface Turned {
  readonly text: string;
  readonly history: TextHistory;
}

export function undo(text: string, { past, future }: TextHistory): Turned | undefined {
  const step = past.at(-1);
  return (
    step && { text: undone(text, step), history: { past: past.slice(0, -1), future: [...future, step] } }
  );
}

export function redo(text: string, { past, future }: TextHistory): Turned | undefined {
  const step = future.at(-1);
  return (
    step && { text: redone(text, step), history: { past: [...past, step], future: future.slice(0, -1) } }
  );
}

/** The newest steps whose text is at most this long: for a place with little room. */
export function recent(history: TextHistory, most: number): TextHistory {
  let room = most;
  const keep = (steps: readonly Step[]): readonly Step[] =>
    steps
      .toReversed()
      .filter((step) => {
        room -= step.removed.length + step.inserted.length + 60;
        return room >= 0;
      })
      .toReversed();
  return { past: keep(history.past), future: keep(history.future) };
}
