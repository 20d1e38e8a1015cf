// A small word on a quiet ground: a label, a state, a version.
import type { ReactNode } from 'react';
import './tag.css';

export interface TagProps {
  readonly tone?: 'plain' | 'accent' | 'warn' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Tag({ tone = 'plain', title, children }: TagProps) {
  return (
    <span className="tag" data-tone={tone} title={title}>
      {children}
    </span>
  );
}
