// CodeMirror for one expression, or for text with some in it, which looks like a field: colours, what fits at the cursor, problems and values in place.
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';
import { type ExpressionWords, expressionCompletions } from './expression-completions.ts';
import { type Inlay, inlays, showInlays } from './inlays.ts';
import { jsonataLanguage } from './jsonata-language.ts';
import { popups } from './look.ts';
import { replaceText } from './replace-text.ts';
import { expressionBefore, templateLanguage } from './template-language.ts';
import './expression-editor.css';

export interface ExpressionEditorProps {
  readonly text: string;
  readonly label: string;
  readonly describedBy: string;
  readonly isReadOnly: boolean;
  /** `template`: text with `{{ expressions }}`. */
  readonly kind?: 'expression' | 'template';
  /** Where the cursor was in what stood here before; undefined: elsewhere. */
  readonly caret: number | undefined;
  readonly words: ExpressionWords;
  readonly problems: readonly Diagnostic[];
  readonly values: readonly Inlay[];
  readonly onChange: (text: string) => void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-key)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.keyword, tags.function(tags.variableName)], color: 'var(--code-word)' },
  { tag: tags.variableName, color: 'var(--code-word)' },
  { tag: tags.comment, color: 'var(--code-note)' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--ink-2)' },
  { tag: tags.brace, color: 'var(--accent)', fontWeight: '600' },
]);

const languages = { expression: jsonataLanguage, template: templateLanguage } as const;

const basics = [
  syntaxHighlighting(colours),
  popups,
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  EditorView.lineWrapping,
  inlays,
  keymap.of([
    { key: 'Tab', run: acceptCompletion },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...defaultKeymap,
  ]),
];

function showProblems(view: EditorView, problems: readonly Diagnostic[]): void {
  const { length } = view.state.doc;
  const fitting = problems.map((each) => ({
    ...each,
    from: Math.min(each.from, length),
    to: Math.min(each.to, length),
  }));
  view.dispatch(setDiagnostics(view.state, fitting));
}

export function ExpressionEditor(props: ExpressionEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const changed = useEffectEvent((text: string) => props.onChange(text));
  const words = useEffectEvent(() => props.words);
  const caret = useEffectEvent(() => props.caret);
  const { text, label, describedBy, isReadOnly, problems, values, kind = 'expression' } = props;
  const firstText = useRef(text);

  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({
      parent: place.current,
      doc: firstText.current,
      extensions: [
        languages[kind],
        basics,
        autocompletion({
          icons: false,
          override: [
            expressionCompletions(() => words(), kind === 'template' ? expressionBefore : undefined),
          ],
        }),
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
      ],
    });
    editor.current = view;
    const at = caret();
    if (at !== undefined) {
      view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
      view.focus();
    }
    return () => view.destroy();
  }, [label, describedBy, isReadOnly, kind]);

  useEffect(() => {
    firstText.current = text;
    if (editor.current) replaceText(editor.current, text);
  }, [text]);

  useEffect(() => {
    if (editor.current) showProblems(editor.current, problems);
  }, [problems]);

  useEffect(() => {
    if (editor.current) showInlays(editor.current, values);
  }, [values]);

  return <div className="expression-editor" ref={place} />;
}
