// What comes in both languages from the server.
import type { Language } from './language.ts';

export interface BothWords {
  readonly en: string;
  readonly zh: string;
}

export function inLanguage(words: BothWords, language: Language): string {
  return language === 'zh-CN' ? words.zh : words.en;
}
