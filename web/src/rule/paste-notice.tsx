// What became of a pasted automation: how much was understood, and line by line what was not.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { TranslatedRuleView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';

export interface PasteNoticeProps {
  readonly rules: readonly TranslatedRuleView[];
  readonly onClose: () => void;
}

export function PasteNotice({ rules, onClose }: PasteNoticeProps) {
  const { say } = useWords();
  const [first, ...others] = rules;
  if (!first) return null;
  const lost = first.remarks.filter(({ kind }) => kind === 'untranslated');
  return (
    <section className="paste-notice card" role="status" aria-label={say('paste.title')}>
      <div className="paste-notice-head">
        <p>
          {lost.length === 0 ? say('paste.whole') : say('paste.partly', { count: lost.length })}
          {others.length === 0 ? null : ` ${say('paste.others', { count: others.length })}`}
        </p>
        <ActionIcon variant="subtle" color="gray" aria-label={say('app.close')} onClick={onClose}>
          <IconX size={17} stroke={1.8} />
        </ActionIcon>
      </div>
      {first.remarks.length === 0 ? null : (
        <ul>
          {first.remarks.map(({ line, kind, text }) => (
            <li key={`${line} ${text}`} data-kind={kind}>
              <span className="dim number">{say('problems.line', { line })}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
