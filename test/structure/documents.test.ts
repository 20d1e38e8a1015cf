// Tables in the documents are made from the code. UPDATE_DOCUMENTS=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withGeneratedSections } from '../support/documents.ts';

const documents = [
  { path: 'README.md', language: 'en', sections: 4 },
  { path: 'README.zh-CN.md', language: 'zh', sections: 4 },
] as const;

describe('documents', () => {
  test.each(documents)('$path says what the code says', ({ path, language, sections }) => {
    const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
    const text = readFileSync(file, 'utf8');
    expect(text.match(/<!-- generated: /g)).toHaveLength(sections);
    const made = withGeneratedSections(text, language);
    if (process.env['UPDATE_DOCUMENTS'] === '1') writeFileSync(file, made);
    else expect(text).toBe(made);
  });

  test('a table that is out of date is noticed', () => {
    const old = '<!-- generated: triggers -->\n| old |\n<!-- end -->\n';
    expect(withGeneratedSections(old, 'en')).not.toBe(old);
    expect(() => withGeneratedSections('<!-- generated: nothing -->\n<!-- end -->', 'en')).toThrow('nothing');
  });
});
