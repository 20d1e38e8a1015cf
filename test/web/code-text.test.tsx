// Long topics break where people read a break.
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CodeText } from '../../web/src/parts/code-text.tsx';
import './support.tsx';

test.each([
  ['home/lamp', 'home/<wbr>lamp'],
  [
    'home/{{ a / b }}/{{ c }}',
    'home/<span class="code-braces">{{ a / b }}</span>/<span class="code-braces">{{ c }}</span>',
  ],
  ['{{ open', '{{ open'],
  ['', ''],
])('%s', (text, html) => {
  const { container } = render(<CodeText text={text} />);
  expect(container.innerHTML).toBe(html);
  expect(container.textContent).toBe(text);
});
