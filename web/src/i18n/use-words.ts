// Sentences by key, checked by the compiler.
import type { i18n } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languageOf } from './language.ts';
import type { CodedKey, TextKey } from './texts.ts';

export type Say = (key: TextKey | CodedKey, values?: Readonly<Record<string, string | number>>) => string;

export interface Words {
  readonly say: Say;
  readonly language: Language;
  readonly i18n: i18n;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const say = useCallback<Say>((key, values) => t(key, values ?? {}), [t]);
  return { say, language: languageOf(i18n.language), i18n };
}
