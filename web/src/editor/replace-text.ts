// Makes an editor say another text, by the smallest change: the cursor stays where it can.
import type { EditorView } from '@codemirror/view';
import { changeBetween } from '../document/text-history.ts';

export function replaceText(view: EditorView, text: string): void {
  const { at, removed, inserted } = changeBetween(view.state.doc.toString(), text);
  if (removed === '' && inserted === '') return;
  view.dispatch({ changes: { from: at, to: at + removed.length, insert: inserted } });
}
