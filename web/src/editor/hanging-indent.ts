// Wrapped lines go on under their own beginning: in YAML indentation has a meaning, so a phone must not spoil it.
import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

/** The left padding of every line, as in `look.ts`. */
const paddingPx = 8;
const deepest = 24;

function indentOf(line: string): number {
  return Math.min(deepest, (/^\s*(?:- )?/.exec(line)?.[0] ?? '').length);
}

function lineMark(indent: number): Decoration {
  const style = `text-indent: -${indent}ch; padding-left: calc(${indent}ch + ${paddingPx}px)`;
  return Decoration.line({ attributes: { style } });
}

function marksOf(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const indent = indentOf(line.text);
      if (indent > 0) marks.add(line.from, line.from, lineMark(indent));
      at = line.to + 1;
    }
  }
  return marks.finish();
}

export const hangingIndent = ViewPlugin.define(
  (view) => ({
    marks: marksOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.marks = marksOf(update.view);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);
