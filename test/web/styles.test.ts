// A component of Mantine looks like nothing without its styles: each that is used and has some is listed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sources = join(root, 'web/src');
const styles = join(root, 'node_modules/@mantine/core/styles');

test('every component of Mantine in use has its styles', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  );
  const used = files.flatMap((name) => {
    const text = readFileSync(join(sources, name), 'utf8');
    const [, names = ''] = /import \{([^}]*)\} from '@mantine\/core'/.exec(text) ?? [];
    return names.split(',').map((word) => word.trim());
  });
  const listed = readFileSync(join(sources, 'styles/mantine.ts'), 'utf8');
  const styled = [...new Set(used)].filter((name) => name !== '' && existsSync(join(styles, `${name}.css`)));
  expect(styled).toContain('Button');
  expect(styled.filter((name) => !listed.includes(`/${name}.css'`))).toEqual([]);
});
