// A condition: an expression with its value now, or a group of conditions.
import type { Path } from '../../document/edit.ts';
import { isTree } from '../../document/edit.ts';
import { useForm } from '../form-context.ts';
import { ExpressionField } from './expression-field.tsx';
import type { FieldProps } from './props.ts';

/** The list of a group and its path: `{ any: [...] }`. */
export function groupOf(value: unknown, path: Path): Path | undefined {
  if (Array.isArray(value)) return path;
  const key = isTree(value) ? ['all', 'any', 'not'].find((each) => Object.hasOwn(value, each)) : undefined;
  return key === undefined ? undefined : [...path, key];
}

export function ConditionField(props: FieldProps) {
  const { value, path, label } = props;
  const { draw } = useForm();
  const group = groupOf(value, path);
  if (group === undefined) return <ExpressionField {...props} />;
  return (
    <fieldset className="field-many field-wide">
      <legend>{label}</legend>
      {draw.list({ role: 'conditions', path: group })}
    </fieldset>
  );
}
