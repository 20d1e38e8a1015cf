// The text of a rule as form, as YAML or both, and below what is wrong with it.
import { lazy, Suspense, useRef } from 'react';
import type { ProblemView } from '../api/types.ts';
import type { EditorHandle } from '../editor/yaml-editor.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { EditorFrame } from './editor-frame.tsx';
import { FormFrame } from './form-frame.tsx';
import { ProblemsList } from './problems-list.tsx';
import type { DraftState } from './use-draft.ts';
import type { BenchView } from './view-switch.tsx';

const SplitView = lazy(async () => ({ default: (await import('./split-view.tsx')).SplitView }));

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
      {view === 'split' ? (
        <Suspense fallback={<Waiting rows={4} />}>
          <SplitView text={text} problems={problems} handle={editor} onChange={write} />
        </Suspense>
      ) : (
        <div className="bench-views" data-view={view}>
          {isForm ? (
            <FormFrame text={text} problems={problems} onChange={write} />
          ) : (
            <EditorFrame text={text} problems={problems} handle={editor} onChange={write} />
          )}
        </div>
      )}
      <ProblemsList
        problems={isForm ? problems.filter(isOutsideRows) : problems}
        onOpen={(problem) => (isForm ? onView('yaml') : editor.current?.goTo(problem))}
      />
    </>
  );
}
