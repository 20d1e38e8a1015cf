// Which languages there are, which one is wanted, and loading of it only the parts that a page says.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { TextStorage } from '../base/storage.ts';
import { type PartName, partNames, parts } from './parts.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** In their own words, for the switch. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** Stands in a sentence for a value that was not given. */
export const hole = '\u0000';

const storageKey = 'homerule.language';

export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function wantedLanguage(storage: TextStorage, tags: readonly string[]): Language {
  return languageOf(storage.getItem(storageKey) ?? tags[0] ?? 'en');
}

function isLoaded(words: i18n, language: string, part: PartName): boolean {
  return words.hasResourceBundle(language, part);
}

export function hasTexts(words: i18n, names: readonly PartName[]): boolean {
  return names.every((part) => isLoaded(words, words.language, part));
}

async function loadFor(words: i18n, language: Language, names: readonly PartName[]): Promise<void> {
  const missing = names.filter((part) => !isLoaded(words, language, part));
  await Promise.all(
    missing.map(async (part) => {
      const { texts } = await parts[part][language]();
      words.addResourceBundle(language, part, texts);
    }),
  );
}

/** Resolves when the parts can be said, in the language that is in use then. */
export async function loadTexts(words: i18n, names: readonly PartName[]): Promise<void> {
  while (!hasTexts(words, names)) await loadFor(words, languageOf(words.language), names);
}

/** What is loaded of one language is loaded of the other first, so that no key ever shows. */
export async function switchLanguage(words: i18n, language: Language, storage: TextStorage): Promise<void> {
  const shown = partNames.filter((part) => isLoaded(words, words.language, part));
  await loadFor(words, language, shown);
  await words.changeLanguage(language);
  globalThis.document.documentElement.lang = language;
  storage.setItem(storageKey, language);
}

export async function startLanguage(
  language: Language,
  names: readonly PartName[] = ['shell'],
): Promise<i18n> {
  const words = i18next.createInstance();
  await words.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [...partNames],
    defaultNS: 'shell',
    fallbackNS: [...partNames],
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => hole,
    react: { bindI18nStore: 'added', useSuspense: false },
    resources: {},
  });
  await loadFor(words, language, names);
  globalThis.document.documentElement.lang = language;
  return words;
}
