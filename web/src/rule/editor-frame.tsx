// Keeps the editor's place while its code is loaded, so that nothing jumps.
import { lazy, type Ref, Suspense, useId } from 'react';
import type { ProblemView } from '../api/types.ts';
import type { EditorHandle } from '../editor/yaml-editor.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useRuleWords } from './use-rule-words.ts';

const YamlEditor = lazy(async () => ({ default: (await import('../editor/yaml-editor.tsx')).YamlEditor }));

export interface EditorFrameProps {
  readonly text: string;
  readonly problems: readonly ProblemView[];
  readonly handle: Ref<EditorHandle>;
  readonly onChange: (text: string) => void;
  readonly onCursor?: (offset: number) => void;
}

export function EditorFrame(props: EditorFrameProps) {
  const { say } = useWords();
  const words = useRuleWords();
  const hint = useId();
  return (
    <div className="editor-frame">
      <Suspense fallback={<pre className="editor-loading">{props.text}</pre>}>
        <YamlEditor {...props} words={words} label={say('rule.editor')} describedBy={hint} />
      </Suspense>
      <p id={hint} className="sr-only">
        {say('rule.editor.leave')}
      </p>
    </div>
  );
}
