// What became of a pasted automation: how much was understood, and line by line what was not.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import type { Pasted } from './use-paste.ts';

export interface PasteNoticeProps {
  readonly pasted: Pasted;
  readonly onClose: () => void;
}

export function PasteNotice({ pasted, onClose }: PasteNoticeProps) {
  const { say } = useWords();
  const { rule, kept, left } = pasted;
  const lost = rule.remarks.filter(({ kind }) => kind === 'untranslated');
  return (
    <section className="paste-notice card" role="status" aria-label={say('paste.title')}>
      <div className="paste-notice-head">
        <p>
          {lost.length === 0 ? say('paste.whole') : say('paste.partly', { count: lost.length })}
          {kept === 0 ? null : ` ${say('paste.others', { count: kept })}`}
          {left === 0 ? null : ` ${say('paste.left', { count: left })}`}
        </p>
        <ActionIcon variant="subtle" color="gray" aria-label={say('app.close')} onClick={onClose}>
          <IconX size={17} stroke={1.8} />
        </ActionIcon>
      </div>
      {rule.remarks.length === 0 ? null : (
        <ul>
          {rule.remarks.map(({ line, kind, text }) => (
            <li key={`${line} ${text}`} data-kind={kind}>
              <span className="dim number">{say('problems.line', { line })}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
