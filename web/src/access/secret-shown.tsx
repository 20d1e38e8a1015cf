// A secret that is told once.
import { CopyButton } from '../parts/copy-button.tsx';

export function SecretShown({ hint, secret }: { readonly hint: string; readonly secret: string }) {
  return (
    <>
      <p className="dim">{hint}</p>
      <div className="access-secret">
        <code>{secret}</code>
        <CopyButton text={secret} />
      </div>
    </>
  );
}
