// The frame of what is shown to those who are not in yet: the name of the house, one card, language and appearance.
import type { ReactNode } from 'react';
import { LanguageButton, SchemeButton } from '../app/header-tools.tsx';
import { Mark } from '../app/mark.tsx';
import { useWords } from '../i18n/use-words.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import './entry.css';

export interface EntryFrameProps {
  readonly title: string;
  readonly hint: string;
  /** Above the title. */
  readonly head?: ReactNode;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function EntryFrame({ title, hint, head, isWide = false, children }: EntryFrameProps) {
  const { say } = useWords();
  usePageTitle(title);
  return (
    <div className="gate" data-wide={isWide || undefined}>
      <header className="gate-head">
        <span className="shell-brand">
          <Mark />
          <span>{say('app.name')}</span>
        </span>
        <div className="header-tools">
          <LanguageButton />
          <SchemeButton />
        </div>
      </header>
      <main className="gate-card card">
        {head}
        <h1>{title}</h1>
        <p>{hint}</p>
        {children}
      </main>
    </div>
  );
}
