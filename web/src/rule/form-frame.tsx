// Keeps the form's place while its code is loaded, and shows the last good tree while the text is no YAML.
import { lazy, Suspense } from 'react';
import type { ProblemView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { Waiting } from '../parts/waiting.tsx';

const LazyForm = lazy(async () => ({ default: (await import('../form/text-form.tsx')).TextForm }));

export interface FormFrameProps {
  readonly text: string;
  readonly problems: readonly ProblemView[];
  readonly onChange: (text: string, group: string) => void;
  /** Of these rows the first that there is, is marked and shown. */
  readonly marked?: readonly string[] | undefined;
  /** A row has the focus. */
  readonly onRow?: (path: string) => void;
}

export function FormFrame(props: FormFrameProps) {
  return (
    <div className="form-frame">
      <Suspense fallback={<Waiting rows={4} />}>
        <LazyForm {...props} mayEdit={useMay('edit')} />
      </Suspense>
    </div>
  );
}
