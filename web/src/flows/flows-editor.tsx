// Node-RED's own editor, as a page within this page. It starts Node-RED when it is opened.
import { IconExternalLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { useEditorScheme } from './use-editor-scheme.ts';

interface EditorWindow {
  readonly RED?: { readonly nodes?: { dirty?(): unknown } };
}

/** The editor is of the same origin and tells whether something was not deployed. */
function isDirty(frame: HTMLIFrameElement | null): boolean {
  const inside = frame?.contentWindow as unknown as EditorWindow | null;
  return inside?.RED?.nodes?.dirty?.() === true;
}

interface FlowsEditorProps {
  readonly flow: string | undefined;
  /** It ended too often: only a person may start it. */
  readonly isResting: boolean;
}

export function FlowsEditor({ flow, isResting }: FlowsEditorProps) {
  const { say } = useWords();
  return isResting ? (
    <Empty title={say('flows.editor.rests')} hint={say('flows.editor.rests.hint')} />
  ) : (
    <Frame flow={flow} />
  );
}

function Frame({ flow }: { readonly flow: string | undefined }) {
  const { say, language } = useWords();
  const { storage } = useHouse();
  const queries = useQueryClient();
  const mayAdmin = useMay('admin');
  const frame = useRef<HTMLIFrameElement>(null);
  const address = flow === undefined ? '/red/' : `/red/#flow/${encodeURIComponent(flow)}`;
  useEditorScheme(frame);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(frame.current),
    enableBeforeUnload: false,
    withResolver: true,
  });
  // Read by the editor when it loads; a later change of language leaves what is being drawn alone.
  storage.setItem('editor-language', language === 'zh-CN' ? 'zh-CN' : 'en-US');
  return (
    <>
      <p className="flows-note dim">
        {mayAdmin ? null : <span>{say('flows.editor.look')}</span>}
        <span className="flows-small">{say('flows.editor.small')}</span>
        <a className="flows-own" href={address} target="_blank" rel="noreferrer">
          {say('flows.editor.own')}
          <IconExternalLink size={14} stroke={1.8} aria-hidden />
        </a>
      </p>
      <iframe
        ref={frame}
        className="flows-frame"
        title={say('flows.part.editor')}
        onLoad={() => void queries.invalidateQueries({ queryKey: ['flows'] })}
        src={address}
      />
      <Confirm
        open={status === 'blocked'}
        title={say('flows.leave')}
        hint={say('flows.leave.hint')}
        yes={say('flows.leave.yes')}
        onYes={() => proceed?.()}
        onClose={() => reset?.()}
      />
    </>
  );
}
