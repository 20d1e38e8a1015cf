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
  [
    "a/{{ p.lamp & '-contact-sensor-of-the-room' }}",
    `a/<span class="code-braces">{{ p.lamp</span> &amp; <span class="code-braces">'-contact-sensor-of-the-room' }}</span>`,
  ],
  [
    '{{ $oneWordThatIsLongerThanALine(x) }}',
    '<span class="code-braces">{{ $oneWordThatIsLongerThanALine(x) }}</span>',
  ],
  ['{{ open', '{{ open'],
  ['', ''],
])('%s', (text, html) => {
  const { container } = render(<CodeText text={text} />);
  expect(container.innerHTML).toBe(html);
  expect(container.textContent).toBe(text);
});
