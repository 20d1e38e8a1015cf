// A secret that is told once.
import { Snippet } from './snippet.tsx';

export function SecretShown({ hint, secret }: { readonly hint: string; readonly secret: string }) {
  return (
    <>
      <p className="dim">{hint}</p>
      <Snippet text={secret} />
    </>
  );
}
