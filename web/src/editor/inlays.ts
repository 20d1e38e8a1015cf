// The values of the parts of an expression, small and behind each of them; they are no text and cannot be selected.
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

export interface Inlay {
  /** Behind this character. */
  readonly at: number;
  readonly text: string;
  readonly isMissing: boolean;
}

class InlayWidget extends WidgetType {
  readonly #inlay: Inlay;

  constructor(inlay: Inlay) {
    super();
    this.#inlay = inlay;
  }

  override eq(other: InlayWidget): boolean {
    return other.#inlay.text === this.#inlay.text && other.#inlay.isMissing === this.#inlay.isMissing;
  }

  override toDOM(): HTMLElement {
    const place = globalThis.document.createElement('span');
    place.className = this.#inlay.isMissing ? 'cm-inlay cm-inlay-missing' : 'cm-inlay';
    place.textContent = this.#inlay.text;
    place.setAttribute('aria-hidden', 'true');
    return place;
  }
}

const setInlays = StateEffect.define<readonly Inlay[]>();

function marksOf(inlays: readonly Inlay[], length: number): DecorationSet {
  const fitting = inlays.filter(({ at }) => at <= length).toSorted((a, b) => a.at - b.at);
  return Decoration.set(
    fitting.map((inlay) => Decoration.widget({ widget: new InlayWidget(inlay), side: 1 }).range(inlay.at)),
  );
}

export const inlays = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setInlays));
    return set ? marksOf(set.value, transaction.newDoc.length) : marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showInlays(view: EditorView, shown: readonly Inlay[]): void {
  view.dispatch({ effects: setInlays.of(shown) });
}
