// The title of the tab: what is open, then the name of the house's software.
import { useEffect } from 'react';
import { useWords } from '../i18n/use-words.ts';

export function usePageTitle(title: string): void {
  const { say } = useWords();
  const app = say('app.name');
  useEffect(() => {
    document.title = `${title} · ${app}`;
  }, [title, app]);
}
