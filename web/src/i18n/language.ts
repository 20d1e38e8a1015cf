// Which languages there are, which one is wanted, and loading only that one.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { TextStorage } from '../base/storage.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** In their own words, for the switch. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

const storageKey = 'homerule.language';

const loaders: Readonly<Record<Language, () => Promise<Readonly<Record<string, string>>>>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh.ts')).zh,
};

export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function wantedLanguage(storage: TextStorage, tags: readonly string[]): Language {
  return languageOf(storage.getItem(storageKey) ?? tags[0] ?? 'en');
}

export async function switchLanguage(words: i18n, language: Language, storage: TextStorage): Promise<void> {
  if (!words.hasResourceBundle(language, 'translation')) {
    words.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await words.changeLanguage(language);
  globalThis.document.documentElement.lang = language;
  storage.setItem(storageKey, language);
}

export async function startLanguage(language: Language): Promise<i18n> {
  const words = i18next.createInstance();
  await words.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: await loaders[language]() } },
  });
  globalThis.document.documentElement.lang = language;
  return words;
}
