// A name and what stands for it.
import type { ReactNode } from 'react';

export function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="system-line">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
