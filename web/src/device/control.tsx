// The control of a property, by its kind. It shows a value and says what is wanted; it knows no server.
import { Button, NativeSelect } from '@mantine/core';
import { optionWords } from '../i18n/property-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';
import { ColorControl } from './color-control.tsx';
import type { ControlProps } from './control-props.ts';
import { RangeControl } from './range-control.tsx';
import { TextControl } from './text-control.tsx';
import '../devices/switch.css';
import './control.css';

const mostButtons = 4;
const longestButtons = 28;

function OptionButtons({ property: { options = [] }, name, value, onSet }: ControlProps) {
  const { say } = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className="options" role="group" aria-label={name}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          className="option"
          aria-pressed={option === value}
          onClick={() => onSet(option)}
        >
          {optionWords(say, option)}
        </button>
      ))}
    </div>
  );
}

function ChoiceControl(props: ControlProps) {
  const { property, name, value, onSet } = props;
  const { say } = useWords();
  const { options = [] } = property;
  if (options.length === 0) return <TextControl {...props} />;
  if (options.length <= mostButtons && options.join('').length <= longestButtons)
    return <OptionButtons {...props} />;
  const known = typeof value === 'string' ? value : '';
  const others = options.includes(known) ? [] : [{ value: known, label: known || say('device.choose') }];
  return (
    <NativeSelect
      aria-label={name}
      value={known}
      onChange={({ currentTarget }) => currentTarget.value !== '' && onSet(currentTarget.value)}
      data={[...others, ...options.map((option) => ({ value: option, label: optionWords(say, option) }))]}
    />
  );
}

function PressButton({ name, onSet }: ControlProps) {
  const { say } = useWords();
  return (
    <Button variant="default" aria-label={`${say('device.press')}: ${name}`} onClick={() => onSet(true)}>
      {say('device.press')}
    </Button>
  );
}

function SwitchControl({ name, value, state, onSet }: ControlProps) {
  const { say } = useWords();
  const isKnown = value !== undefined;
  return (
    <span className="switch" data-state={state} data-known={isKnown}>
      <Toggle
        on={value === true}
        label={isKnown ? name : `${name} (${say('value.unknown')})`}
        onChange={onSet}
      />
    </span>
  );
}

export function Control(props: ControlProps) {
  const { property } = props;
  const { kind, min, max } = property;
  if (kind === 'boolean') return <SwitchControl {...props} />;
  if (kind === 'button') return <PressButton {...props} />;
  if (kind === 'color') return <ColorControl {...props} />;
  if (kind === 'choice') return <ChoiceControl {...props} />;
  if (kind === 'number' && min !== undefined && max !== undefined && min < max)
    return <RangeControl {...props} min={min} max={max} />;
  return <TextControl {...props} />;
}
