// What a page says when it has nothing to show: one sentence, one hint, the next thing to do.
import type { ReactNode } from 'react';
import './empty.css';

export interface EmptyProps {
  readonly title: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

export function Empty({ title, hint, icon, children }: EmptyProps) {
  return (
    <div className="empty">
      {icon ? <div className="empty-icon">{icon}</div> : null}
      <h2>{title}</h2>
      {hint ? <p>{hint}</p> : null}
      {children ? <div className="empty-actions">{children}</div> : null}
    </div>
  );
}
