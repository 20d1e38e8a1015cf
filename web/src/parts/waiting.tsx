// Stands where content will be. Shows itself only after a moment, so that quick answers do not flicker.
import { useWords } from '../i18n/use-words.ts';
import './waiting.css';

export function Waiting({ rows = 3 }: { readonly rows?: number }) {
  const { say } = useWords();
  return (
    <div className="waiting" role="status" aria-label={say('app.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal bars, never reordered
        <div key={row} className="waiting-bar" />
      ))}
    </div>
  );
}
