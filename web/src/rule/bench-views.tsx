// The text of a rule as form, as YAML or both, and below what is wrong with it.
import { useRef } from 'react';
import type { ProblemView } from '../api/types.ts';
import type { EditorHandle } from '../editor/yaml-editor.tsx';
import { EditorFrame } from './editor-frame.tsx';
import { FormFrame } from './form-frame.tsx';
import { ProblemsList } from './problems-list.tsx';
import type { DraftState } from './use-draft.ts';
import type { BenchView } from './view-switch.tsx';

export interface BenchViewsProps {
  readonly state: DraftState;
  readonly problems: readonly ProblemView[];
  readonly view: BenchView;
  readonly onView: (view: BenchView) => void;
}

/** The form says what is wrong with a step at its row. */
function isOutsideRows({ path }: ProblemView): boolean {
  return !/^(?:triggers|conditions|actions|finally)\[/.test(path);
}

export function BenchViews({ state: { text, write }, problems, view, onView }: BenchViewsProps) {
  const editor = useRef<EditorHandle>(null);
  const isForm = view === 'form';
  return (
    <>
      <div className="bench-views" data-view={view}>
        {view === 'yaml' ? null : <FormFrame text={text} problems={problems} onChange={write} />}
        {isForm ? null : <EditorFrame text={text} problems={problems} handle={editor} onChange={write} />}
      </div>
      <ProblemsList
        problems={isForm ? problems.filter(isOutsideRows) : problems}
        onOpen={(problem) => (isForm ? onView('yaml') : editor.current?.goTo(problem))}
      />
    </>
  );
}
