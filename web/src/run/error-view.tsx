// An error of a run: its code, the server's words, and where it happened.
import type { TraceError } from '../api/types.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { useWords } from '../i18n/use-words.ts';
import './error-view.css';

export function ErrorView({ error }: { readonly error: TraceError }) {
  const { say } = useWords();
  return (
    <div className="trace-error">
      <p>{faultWords(say, error)}</p>
      <p className="code trace-error-place">
        <span>{error.code}</span>
        {error.path === undefined || error.path === '' ? null : <span>{error.path}</span>}
        {error.position === undefined ? null : (
          <span>{say('trace.position', { position: error.position + 1 })}</span>
        )}
      </p>
    </div>
  );
}
