// Lines that stand for what is chosen elsewhere.
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Span } from './diagnostics.ts';

const setMarked = StateEffect.define<Span | undefined>();
const line = Decoration.line({ class: 'cm-marked' });

export const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, newDoc, changes }) {
    const set = effects.find((effect) => effect.is(setMarked));
    if (!set) return marks.map(changes);
    const span = set.value;
    if (!span) return Decoration.none;
    const [first, last] = [span.from, span.to].map((at) => newDoc.lineAt(Math.min(at, newDoc.length)).number);
    const numbers = Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, at) => (first ?? 0) + at);
    return Decoration.set(numbers.map((number) => line.range(newDoc.line(number).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** `reveals`: they are brought into view. */
export function markLines(view: EditorView, span: Span | undefined, reveals: boolean): void {
  const scroll = span && reveals ? [EditorView.scrollIntoView(span.from, { y: 'nearest', yMargin: 60 })] : [];
  view.dispatch({ effects: [setMarked.of(span), ...scroll] });
}
