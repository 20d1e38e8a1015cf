// Days of the week, or those that the calendar of the house knows.
import { listOf } from '../../document/edit.ts';
import { dayNames } from '../../sentence/values.ts';
import { useForm } from '../form-context.ts';
import type { FieldProps } from './props.ts';

export function DaysField({ value, label, onChange }: FieldProps) {
  const { speaker, isFrozen } = useForm();
  const chosen = listOf(value);
  const toggle = (day: string): void => {
    const isIn = chosen.includes(day);
    onChange(isIn ? chosen.filter((each) => each !== day) : [...chosen, day]);
  };
  return (
    <fieldset className="field-many">
      <legend>{label}</legend>
      <div className="field-days">
        {dayNames.map((day) => (
          <button
            key={day}
            type="button"
            className="field-day"
            aria-pressed={chosen.includes(day)}
            disabled={isFrozen}
            onClick={() => toggle(day)}
          >
            {speaker.say(`days.${day}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
