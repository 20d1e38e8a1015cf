// What can be made of a run that is over: here stands what the server can do with one.
import type { Trace } from '../api/types.ts';
import { CopyButton } from '../parts/copy-button.tsx';

export function RunTools({ trace }: { readonly trace: Trace }) {
  return (
    <div className="run-tools">
      <CopyButton text={JSON.stringify(trace, undefined, 2)} />
    </div>
  );
}
