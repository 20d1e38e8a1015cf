// A device as a tile: what can be switched is switched by touching it, the rest opens its page.
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DevicePropertyView, DeviceView } from '../api/types.ts';
import { chipsOf, mainSwitchOf } from '../devices/device-facts.ts';
import type { Wish } from '../devices/use-device-set.ts';
import { useWanted } from '../devices/wanted.ts';
import { useMay } from '../entry/use-session.ts';
import { propertyName, valueWords } from '../i18n/property-words.ts';
import { useWords } from '../i18n/use-words.ts';

const mostValues = 2;

/** What people look for; a battery that is fine is not that. */
function valuesOf(device: DeviceView): readonly DevicePropertyView[] {
  const isBattery = ({ role, id }: DevicePropertyView): boolean => role === 'battery' || id === 'battery';
  return chipsOf(device, device.properties.length)
    .filter((property) => !isBattery(property))
    .slice(0, mostValues);
}

function Values({ device }: { readonly device: DeviceView }) {
  const words = useWords();
  return (
    <span className="tile-values dim">
      {valuesOf(device).map((property) => (
        <span key={property.id} title={propertyName(words.say, property)}>
          {valueWords(words, property, property.value)}
        </span>
      ))}
    </span>
  );
}

function Face({ device, state }: { readonly device: DeviceView; readonly state?: string | undefined }) {
  const { say } = useWords();
  const isAway = device.gone || device.online === false;
  return (
    <>
      <span className="tile-name">{device.name}</span>
      <span className="tile-room dim">{isAway ? say('device.offline') : (device.room ?? '')}</span>
      {state === undefined ? null : <span className="tile-state">{state}</span>}
      <Values device={device} />
    </>
  );
}

interface SwitchTileProps {
  readonly device: DeviceView;
  readonly property: DevicePropertyView;
  readonly onSet: (wish: Wish) => void;
}

function SwitchTile({ device, property, onSet }: SwitchTileProps) {
  const words = useWords();
  const { value, state } = useWanted(property);
  const isOn = value === true;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className="tile-face"
      data-state={state}
      onClick={() => onSet({ device, property: property.id, value: !isOn })}
    >
      <Face device={device} state={valueWords(words, property, value)} />
    </button>
  );
}

export interface FavouriteTileProps {
  readonly device: DeviceView;
  readonly onSet: (wish: Wish) => void;
}

export function FavouriteTile({ device, onSet }: FavouriteTileProps) {
  const words = useWords();
  const mayOperate = useMay('operate');
  const main = mainSwitchOf(device);
  const hasSwitch = main !== undefined && mayOperate;
  return (
    <li
      className="tile card"
      data-on={main?.value === true}
      data-off={device.gone || device.online === false}
    >
      {hasSwitch ? (
        <SwitchTile device={device} property={main} onSet={onSet} />
      ) : (
        <Link to="/devices/$id" params={{ id: device.id }} className="tile-face">
          <Face device={device} state={main ? valueWords(words, main, main.value) : undefined} />
        </Link>
      )}
      {hasSwitch ? (
        <Link
          to="/devices/$id"
          params={{ id: device.id }}
          className="tile-open"
          aria-label={words.say('home.open', { name: device.name })}
        >
          <IconChevronRight size={17} stroke={1.8} aria-hidden />
        </Link>
      ) : null}
    </li>
  );
}
