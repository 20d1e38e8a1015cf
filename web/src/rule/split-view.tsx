// Form and text beside each other: the step that has the focus on one side is marked on the other.
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ProblemView } from '../api/types.ts';
import { placesAt, spanOfPlace } from '../document/places.ts';
import type { EditorHandle } from '../editor/yaml-editor.tsx';
import { EditorFrame } from './editor-frame.tsx';
import { FormFrame } from './form-frame.tsx';

export interface SplitViewProps {
  readonly text: string;
  readonly problems: readonly ProblemView[];
  readonly handle: Ref<EditorHandle>;
  readonly onChange: (text: string, group?: string) => void;
}

interface Chosen {
  /** The row that is marked; of a place in the text all that are around it, the innermost first. */
  readonly rows: readonly string[];
  readonly isFromText: boolean;
}

const nothing: Chosen = { rows: [], isFromText: false };

export function SplitView({ text, problems, handle, onChange }: SplitViewProps) {
  const editor = useRef<EditorHandle>(null);
  const [chosen, setChosen] = useState(nothing);
  const [row] = chosen.rows;
  useImperativeHandle(handle, () => ({
    goTo: (problem) => editor.current?.goTo(problem),
    mark: (span, reveals) => editor.current?.mark(span, reveals),
  }));
  useEffect(() => {
    const span = row === undefined || chosen.isFromText ? undefined : spanOfPlace(text, row);
    editor.current?.mark(span, true);
  }, [text, row, chosen.isFromText]);
  return (
    <div className="bench-views" data-view="split">
      <FormFrame
        text={text}
        problems={problems}
        marked={chosen.isFromText ? chosen.rows : undefined}
        onRow={(path) => setChosen({ rows: [path], isFromText: false })}
        onChange={onChange}
      />
      <EditorFrame
        text={text}
        problems={problems}
        handle={editor}
        onCursor={(offset) => setChosen({ rows: placesAt(text, offset), isFromText: true })}
        onChange={onChange}
      />
    </div>
  );
}
