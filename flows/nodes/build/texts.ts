// The texts of the palette, as they stand in `locales`: labels in one file for each language, help in one for each node.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const languages = ['en-US', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../locales/${path}`, import.meta.url)), 'utf8');
}

export function readLabels(language: Language): unknown {
  return JSON.parse(read(`${language}/labels.json`));
}

/** Markdown. */
export function readHelp(language: Language, type: string): string {
  return read(`${language}/help/${type}.md`);
}
