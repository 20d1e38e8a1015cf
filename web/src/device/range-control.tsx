// A number between two ends: a slider that tells the device where it was let go.
import { formatQuantity } from '../i18n/quantity.ts';
import { useWords } from '../i18n/use-words.ts';
import type { ControlProps } from './control-props.ts';
import { useSettled } from './use-settled.ts';

export interface RangeControlProps extends ControlProps {
  readonly min: number;
  readonly max: number;
}

/** Whole numbers where the range is wide, unless the device says otherwise. */
function stepOf({ property: { step }, min, max }: RangeControlProps): number {
  return step ?? (max - min >= 20 ? 1 : 0.1);
}

export function RangeControl(props: RangeControlProps) {
  const { property, name, value, min, max, onSet } = props;
  const { say, language } = useWords();
  const { ref, draft, onDraft } = useSettled((text) => onSet(Number(text)));
  const known = typeof value === 'number' ? value : undefined;
  const shown = draft === undefined ? known : Number(draft);
  const words = (number: number): string => formatQuantity(language, number, property.unit);
  const text = shown === undefined ? say('value.unknown') : words(shown);
  return (
    <div className="range">
      <span className="range-line">
        <input
          ref={ref}
          type="range"
          aria-label={name}
          aria-valuetext={text}
          min={min}
          max={max}
          step={stepOf(props)}
          data-known={shown !== undefined}
          value={shown ?? min}
          onChange={(event) => onDraft(event.currentTarget.value)}
        />
        <output className="range-value number" data-known={shown !== undefined}>
          {text}
        </output>
      </span>
      <span className="range-ends dim number" aria-hidden="true">
        <span>{words(min)}</span>
        <span>{words(max)}</span>
      </span>
    </div>
  );
}
