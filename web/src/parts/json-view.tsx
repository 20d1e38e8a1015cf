// A JSON value, printed with room to breathe; lines that just changed glow for a moment.
import { type JsonPath, parsePayload } from '../base/json.ts';
import { jsonLines } from './json-lines.ts';
import './json-view.css';

export interface JsonViewProps {
  readonly value: unknown;
  readonly changed?: ReadonlySet<JsonPath>;
  /** Grows with each update, so that the same line can glow again. */
  readonly revision?: number;
}

export function JsonView({ value, changed, revision = 0 }: JsonViewProps) {
  if (typeof value === 'string') {
    const glows = changed?.has('') === true;
    return (
      <pre className="json json-plain" key={glows ? revision : 0} data-changed={glows}>
        {value}
      </pre>
    );
  }
  return (
    <pre className="json">
      {jsonLines(value).map((line) => {
        const glows = line.kind !== 'mark' && changed?.has(line.path) === true;
        return (
          <span
            className="json-line"
            key={glows ? `${line.id} ${revision}` : line.id}
            data-changed={glows}
            style={{ paddingLeft: `${line.indent * 2}ch` }}
          >
            {line.name === undefined ? null : <span className="json-name">{line.name}</span>}
            {line.name === undefined ? '' : ': '}
            <span data-kind={line.kind}>{line.text}</span>
            {line.comma ? ',' : ''}
          </span>
        );
      })}
    </pre>
  );
}

/** The text of a message: as JSON where it is JSON. */
export function PayloadView({ payload }: { readonly payload: unknown }) {
  return <JsonView value={typeof payload === 'string' ? parsePayload(payload) : payload} />;
}
