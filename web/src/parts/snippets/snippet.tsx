// A text to be taken away: a command, a piece of a configuration, a secret.
import { CopyButton } from '../copy-button.tsx';
import './snippets.css';

export function Snippet({ text }: { readonly text: string }) {
  return (
    <div className="snippet">
      <pre>{text}</pre>
      <CopyButton text={text} />
    </div>
  );
}
