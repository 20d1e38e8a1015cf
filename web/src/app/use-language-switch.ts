// Changes the language of this browser; loads its sentences first, so that no key ever shows.
import { browserStorage } from '../base/storage.ts';
import { type Language, switchLanguage } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';

export function useLanguageSwitch(): (language: Language) => void {
  const { say, i18n } = useWords();
  const toasts = useToasts();
  return (language) => {
    switchLanguage(i18n, language, browserStorage()).catch((error: unknown) =>
      toasts.failed(say('problem.title.load'), error),
    );
  };
}
