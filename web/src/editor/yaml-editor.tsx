// CodeMirror for rules. Loaded only when a rule is opened; knows nothing of drafts or servers. Undo belongs to the
// workbench, which has one for the form and the text.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import type { ProblemView } from '../api/types.ts';
import { adviceWords, faultWords } from '../i18n/fault-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { type RuleWords, ruleCompletions } from './completions.ts';
import { diagnosticsOf, type Span, spanOf } from './diagnostics.ts';
import { look } from './look.ts';
import { markedLines, markLines } from './marked-lines.ts';
import { replaceText } from './replace-text.ts';

export interface EditorHandle {
  goTo(problem: ProblemView): void;
  /** Marks the lines of what is chosen elsewhere; `reveals`: they are brought into view. */
  mark(span: Span | undefined, reveals: boolean): void;
}

export interface YamlEditorProps {
  readonly text: string;
  readonly problems: readonly ProblemView[];
  readonly words: RuleWords;
  readonly label: string;
  readonly describedBy: string;
  readonly handle: Ref<EditorHandle>;
  readonly onChange: (text: string) => void;
  /** The cursor was put somewhere by hand. */
  readonly onCursor?: ((offset: number) => void) | undefined;
}

const basics: Extension = [
  lineNumbers(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  EditorView.lineWrapping,
  yaml(),
  autocompletion({ icons: false }),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...completionKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
  look,
  markedLines,
];

function goToProblem(view: EditorView, problem: ProblemView): void {
  const span = spanOf(view.state.doc, problem) ?? { from: 0, to: 0 };
  view.dispatch({ selection: { anchor: span.from, head: span.to }, scrollIntoView: true });
  view.focus();
}

export function YamlEditor(props: YamlEditorProps) {
  const { say } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const words = useEffectEvent(() => props.words);
  const changed = useEffectEvent((text: string) => props.onChange(text));
  const moved = useEffectEvent((offset: number) => props.onCursor?.(offset));
  const { label, describedBy, text, problems } = props;
  const firstText = useRef(text);

  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({
      parent: place.current,
      doc: firstText.current,
      extensions: [
        basics,
        yamlLanguage.data.of({ autocomplete: ruleCompletions(() => words()) }),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
          if (update.selectionSet && update.view.hasFocus) moved(update.state.selection.main.head);
        }),
      ],
    });
    editor.current = view;
    return () => view.destroy();
  }, [label, describedBy]);

  useEffect(() => {
    firstText.current = text;
    if (editor.current) replaceText(editor.current, text);
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const words = (problem: ProblemView): string => {
      const said = faultWords(say, problem);
      const advice = adviceWords(say, problem.code, problem.suggestion);
      return advice === undefined ? said : `${said} · ${say('problems.suggestion')} ${advice}`;
    };
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, problems, words)));
  }, [problems, say]);

  useImperativeHandle(props.handle, () => ({
    goTo: (problem) => {
      if (editor.current) goToProblem(editor.current, problem);
    },
    mark: (span, reveals) => {
      if (editor.current) markLines(editor.current, span, reveals);
    },
  }));

  return <div ref={place} className="yaml-editor" />;
}
