// The keys of the UI, for who would rather not reach for the mouse.

import type { TextKey } from '../i18n/texts.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { Sheet } from '../parts/sheet.tsx';
import './palette.css';

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator.userAgent);
const control = isMac ? '⌘' : 'Ctrl';

const keys: readonly (readonly [keys: readonly string[], does: TextKey])[] = [
  [[control, 'K'], 'keys.palette'],
  [['?'], 'keys.list'],
  [[control, 'S'], 'keys.apply'],
  [[control, 'Enter'], 'keys.publish'],
  [['↑', '↓'], 'keys.move'],
  [['→', '←'], 'keys.fold'],
  [['Esc'], 'keys.close'],
  [[control, 'Z'], 'keys.undo'],
  [['A'], 'keys.step.add'],
  [['Alt', '↑', '↓', '→', '←'], 'keys.step.move'],
  [[control, 'D'], 'keys.step.copy'],
  [['D'], 'keys.step.off'],
  [[control, '/'], 'keys.step.note'],
  [['Del'], 'keys.step.remove'],
];

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  if (!useTexts('palette')) return null;
  return (
    <Sheet label={say('keys.title')} className="key-sheet" onClose={onClose}>
      <h2>{say('keys.title')}</h2>
      <dl className="key-list">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{say(does)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="key-close" onClick={onClose}>
        {say('app.close')}
      </button>
    </Sheet>
  );
}
