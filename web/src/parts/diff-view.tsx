// A unified diff: what came is marked with +, what went with −; the colour only repeats it.
import './diff-view.css';

const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'place' };

export function DiffView({ text }: { readonly text: string }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre className="diff">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
        <span key={index} className="diff-line" data-kind={kinds[line.charAt(0)] ?? 'same'}>
          {line === '' ? ' ' : line}
        </span>
      ))}
    </pre>
  );
}
