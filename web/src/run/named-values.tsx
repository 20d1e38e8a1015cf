// Names with their values, one a line: the variables of a run, and those that a step changed.
import { ValueText } from './expression-view.tsx';

interface NamedValuesProps {
  readonly values: Readonly<Record<string, unknown>>;
  /** Beside `operands`. */
  readonly className?: string;
}

export function NamedValues({ values, className = '' }: NamedValuesProps) {
  return (
    <dl className={`operands ${className}`.trim()}>
      {Object.entries(values).map(([name, value]) => (
        <div key={name} className="operand">
          <dt className="code">{name}</dt>
          <dd>
            <ValueText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
