// The house did not answer when the page began: nobody knows who is here. It is asked again and again meanwhile.
import { ApiError } from '../api/api-error.ts';
import { LoadFailure } from '../parts/load-failure.tsx';

const unreachable = new ApiError({ status: 0, code: 'offline', detail: '' });

export function Away({ ask }: { readonly ask: () => void }) {
  return (
    <main className="away">
      <LoadFailure error={unreachable} retry={ask} />
    </main>
  );
}
