// What is drawn, and the same as a table for who asks for it.
import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import './chart.css';

const mostRows = 200;

export interface TableRow {
  readonly key: string;
  readonly at: number;
  readonly words: ReactNode;
}

export interface FigureTable {
  readonly key: string;
  readonly caption: string;
  /** Only the last ones are written out. */
  readonly rows: readonly TableRow[];
}

function Table({ caption, rows }: FigureTable) {
  const { say, language } = useWords();
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say('chart.time')}</th>
          <th scope="col">{say('chart.value')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(-mostRows).map(({ key, at, words }) => (
          <tr key={key}>
            <td className="number">{moment.format(at)}</td>
            <td className="number">{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface FigureProps {
  readonly label: string;
  readonly height: number;
  readonly tables: () => readonly FigureTable[];
  readonly children: ReactNode;
}

export function Figure({ label, height, tables, children }: FigureProps) {
  const { say } = useWords();
  const [isTable, setTable] = useState(false);
  return (
    <figure className="chart">
      <div role="img" aria-label={label} className="chart-canvas" style={{ height }}>
        {children}
      </div>
      <button
        type="button"
        className="chart-switch"
        aria-expanded={isTable}
        onClick={() => setTable(!isTable)}
      >
        {say('chart.table')}
      </button>
      {isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        <section className="chart-rows" tabIndex={0} aria-label={say('chart.table')}>
          {tables().map((table) => (
            <Table {...table} key={table.key} />
          ))}
        </section>
      ) : null}
    </figure>
  );
}
