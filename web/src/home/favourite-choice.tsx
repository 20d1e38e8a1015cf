// Which devices stand on the overview: all of them as buttons that stay pressed.
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import type { DeviceView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';

export interface FavouriteChoiceProps {
  readonly devices: readonly DeviceView[];
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}

export function FavouriteChoice({ devices, chosen, onToggle }: FavouriteChoiceProps) {
  const { language } = useWords();
  const shown = devices
    .filter(({ hidden }) => !hidden)
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <ul className="choices card">
      {shown.map(({ id, name, room }) => (
        <li key={id}>
          <button
            type="button"
            className="choice"
            aria-pressed={chosen.includes(id)}
            onClick={() => onToggle(id)}
          >
            {chosen.includes(id) ? (
              <IconStarFilled size={17} aria-hidden />
            ) : (
              <IconStar size={17} stroke={1.8} aria-hidden />
            )}
            <span>
              {name} {room === undefined ? null : <span className="dim">{room}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
