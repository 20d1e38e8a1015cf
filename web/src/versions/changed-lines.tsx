// Lines that went and came, below each other or side by side; the colour only repeats what is said.
import type { DiffLine } from '../document/line-diff.ts';
import { useWords } from '../i18n/use-words.ts';
import { linePairs } from './line-pairs.ts';
import type { Changes } from './use-changes.ts';
import './changed-lines.css';

const signs = { added: '+', removed: '−', same: ' ' } as const;

function Line({ line }: { readonly line: DiffLine | undefined }) {
  const { say } = useWords();
  return (
    <>
      <span className="changes-sign" aria-hidden="true">
        {line ? signs[line.change] : '⋯'}
      </span>
      {line && line.change !== 'same' ? <span className="sr-only">{say(`diff.${line.change}`)} </span> : null}
      {line ? <span className="changes-text">{line.text}</span> : null}
    </>
  );
}

export function ChangedLines({ lines }: { readonly lines: Changes }) {
  return (
    <ul className="changes">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines do not change while they are shown
        <li key={at} className="changes-line" data-change={line?.change ?? 'gap'}>
          <Line line={line} />
        </li>
      ))}
    </ul>
  );
}

export interface SideBySideProps {
  readonly lines: Changes;
  readonly before: string;
  readonly after: string;
}

function Cell({ line, isGap }: { readonly line: DiffLine | undefined; readonly isGap: boolean }) {
  if (!line && !isGap) return <td data-change="none" />;
  return (
    <td data-change={line?.change ?? 'gap'}>
      <span className="changes-line">
        <Line line={line} />
      </span>
    </td>
  );
}

export function SideBySide({ lines, before, after }: SideBySideProps) {
  return (
    <table className="changes changes-sides">
      <thead>
        <tr>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {linePairs(lines).map((pair, at) => {
          const isGap = !pair.before && !pair.after;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines do not change while they are shown
            <tr key={at}>
              <Cell line={pair.before} isGap={isGap} />
              <Cell line={pair.after} isGap={isGap} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
