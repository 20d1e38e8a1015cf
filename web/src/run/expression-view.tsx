// An expression with what it saw: its source, the values of its parts, and what came out.
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import type { TraceExpression } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { useWords } from '../i18n/use-words.ts';
import { ErrorView } from './error-view.tsx';
import { type Operand, operandsOf } from './operands.ts';
import './expression-view.css';

const verdictIcons = { pass: IconCheck, fail: IconX, error: IconAlertTriangle } as const;

export function Verdict({ result }: { readonly result: 'pass' | 'fail' | 'error' }) {
  const { say } = useWords();
  const Icon = verdictIcons[result];
  return (
    <span className="verdict" data-result={result}>
      <Icon size={15} stroke={2.2} aria-hidden />
      {say(`trace.${result}`)}
    </span>
  );
}

export function ValueText({ value }: { readonly value: unknown }) {
  const { say } = useWords();
  if (value === undefined) return <em className="value-missing">{say('trace.missing')}</em>;
  return <span className="value code">{inline(value)}</span>;
}

/** `--depth` is read by the style sheet. */
function indentOf(depth: number): CSSProperties & Readonly<Record<'--depth', number>> {
  return { '--depth': depth };
}

function OperandRow({ operand }: { readonly operand: Operand }) {
  return (
    <div className="operand" data-deep={operand.depth > 0} style={indentOf(operand.depth)}>
      <dt className="code">{operand.source}</dt>
      <dd>
        <ValueText value={operand.value} />
      </dd>
    </div>
  );
}

export function Operands({ expression }: { readonly expression: TraceExpression }) {
  const { say } = useWords();
  const operands = operandsOf(expression);
  if (operands.length === 0) return null;
  return (
    <dl className="operands" aria-label={say('trace.values')}>
      {operands.map((operand, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trace never changes its order
        <OperandRow key={index} operand={operand} />
      ))}
    </dl>
  );
}

type Clause = NonNullable<TraceExpression['decided']>[number];

export function useClauseWords(): (clause: Clause) => string {
  const { say, language } = useWords();
  return ({ missing, distance, left, value, operator }) => {
    if (missing !== undefined) return say('trace.decided.missing', { names: missing.join(', ') });
    const is = say('trace.decided.is', { value: inline(operator === undefined ? value : left, 60) });
    if (distance === undefined || distance === 0) return is;
    const short = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(distance);
    return `${is} · ${say('trace.decided.short', { distance: short })}`;
  };
}

export interface DecidedClauseProps {
  readonly clause: Clause;
  readonly children?: ReactNode;
}

export function DecidedClause({ clause, children }: DecidedClauseProps) {
  const wordsOf = useClauseWords();
  return (
    <li className="decided">
      <code>{clause.source}</code>
      <span className="decided-words">{wordsOf(clause)}</span>
      {children}
    </li>
  );
}

/** Which comparisons were in the way, and by how much. */
function Decided({ clauses }: { readonly clauses: readonly Clause[] }) {
  const { say } = useWords();
  return (
    <ul className="decided-list" aria-label={say('trace.decided')}>
      {clauses.map((clause) => (
        <DecidedClause key={`${clause.start} ${clause.end}`} clause={clause} />
      ))}
    </ul>
  );
}

/** A condition: verdict, source, operands → result. */
export function ConditionView({ expression }: { readonly expression: TraceExpression }) {
  const { result, error, decided = [] } = expression;
  return (
    <div className="condition">
      <div className="condition-head">
        <code className="condition-source">{expression.source}</code>
        {result === undefined ? null : <Verdict result={result} />}
      </div>
      {decided.length > 0 ? <Decided clauses={decided} /> : null}
      <Operands expression={expression} />
      {error ? (
        <ErrorView error={error} />
      ) : (
        <p className="condition-result code">
          <span aria-hidden="true">→ </span>
          <ValueText value={expression.value} />
        </p>
      )}
    </div>
  );
}
