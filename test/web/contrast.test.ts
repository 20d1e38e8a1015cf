// WCAG AA: every colour that carries text, on every ground it stands on, in light and dark.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../web/src/styles/tokens.css'), 'utf8');

function tokensOf(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

const grounds = ['ground', 'surface', 'sunken', 'hover'];
const pairs: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['ink', [...grounds, 'accent-soft']],
  ['ink-2', [...grounds, 'accent-soft']],
  ['ink-3', grounds],
  ['accent', [...grounds, 'accent-soft']],
  ['warn', ['surface', 'sunken', 'warn-soft']],
  ['bad', ['surface', 'sunken', 'bad-soft']],
  ['on-accent', ['accent']],
  ['on-bad', ['bad']],
  ...['code-key', 'code-text', 'code-number', 'code-word', 'code-note'].map(
    (name) => [name, ['surface', 'sunken']] as const,
  ),
];

describe.each(['light', 'dark'] as const)('in the %s', (scheme) => {
  const tokens = tokensOf(scheme);
  test.each(pairs)('%s can be read on %j', (text, wanted) => {
    for (const ground of wanted) {
      const value = contrast(tokens.get(text) ?? '', tokens.get(ground) ?? '');
      expect(value, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
