// Below a field: the values that were really seen where it looks, to be taken with one press, and the range of numbers.
import { inline } from '../../base/json.ts';
import { formatQuantity } from '../../i18n/quantity.ts';
import { useForm } from '../form-context.ts';
import type { Seen } from '../seen.ts';

export interface SeenValuesProps {
  readonly seen: Pick<Seen, 'values' | 'min' | 'max'> | undefined;
  readonly unit?: string | undefined;
  readonly onPick: (value: unknown) => void;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : inline(value, 24);
}

/** Its place is kept until the answer is there. */
export function SeenValues({ seen, unit, onPick }: SeenValuesProps) {
  const { speaker, isFrozen } = useForm();
  const { say, language } = speaker;
  const quantity = (value: number): string => formatQuantity(language, value, unit);
  const { values = [], min, max } = seen ?? {};
  return (
    <fieldset className="seen-values" aria-label={say('seen.values')}>
      {values.map((value) => (
        <button
          key={inline(value)}
          type="button"
          className="field-day code"
          disabled={isFrozen}
          onClick={() => onPick(value)}
        >
          {typeof value === 'number' ? quantity(value) : shown(value)}
        </button>
      ))}
      {min === undefined || max === undefined || min === max ? null : (
        <span className="dim number">{say('seen.range', { min: quantity(min), max: quantity(max) })}</span>
      )}
    </fieldset>
  );
}
