// A colour, chosen in the browser's own way.
import { useWords } from '../i18n/use-words.ts';
import type { ControlProps } from './control-props.ts';
import { useSettled } from './use-settled.ts';

export function ColorControl({ name, value, onSet }: ControlProps) {
  const { say } = useWords();
  const { ref, draft, onDraft } = useSettled(onSet);
  const known = typeof value === 'string' ? value : undefined;
  const shown = draft ?? known;
  return (
    <label className="color">
      <span className="code">{shown ?? say('value.unknown')}</span>
      <input
        ref={ref}
        type="color"
        aria-label={name}
        value={shown ?? '#ffffff'}
        onChange={(event) => onDraft(event.currentTarget.value)}
      />
    </label>
  );
}
