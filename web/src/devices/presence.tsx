// Whether a device is there. Shape and words carry the meaning; colour only helps.
import type { DeviceView } from '../api/types.ts';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import './presence.css';

type State = 'online' | 'offline' | 'gone' | 'unknown';

const words: Readonly<Record<State, TextKey>> = {
  online: 'device.online',
  offline: 'device.offline',
  gone: 'device.gone',
  unknown: 'device.silent',
};

export function presenceOf({ gone, online }: Pick<DeviceView, 'gone' | 'online'>): State {
  if (gone) return 'gone';
  if (online === undefined) return 'unknown';
  return online ? 'online' : 'offline';
}

/** A dot with its meaning spoken, or with its words shown. */
export function Presence({ device, isSaid = false }: { device: DeviceView; isSaid?: boolean }) {
  const { say } = useWords();
  const state = presenceOf(device);
  const text = say(words[state]);
  return (
    <span className="presence" data-state={state} title={text}>
      <span className="presence-dot" aria-hidden="true" />
      <span className={isSaid ? 'presence-words' : 'sr-only'}>{text}</span>
    </span>
  );
}
