// The devices that are used most, one touch away; each browser has its own choice.
import { Button } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceView } from '../api/types.ts';
import { isMain, mainSwitchOf } from '../devices/device-facts.ts';
import { useDeviceSet } from '../devices/use-device-set.ts';
import { useWords } from '../i18n/use-words.ts';
import { FavouriteChoice } from './favourite-choice.tsx';
import { FavouriteTile } from './favourite-tile.tsx';
import { useFavourites } from './use-favourites.ts';
import './favourites.css';

const suggested = 6;

/** Until somebody chooses: what can be switched, then what has something to say. */
function suggestionsOf(devices: readonly DeviceView[]): readonly string[] {
  const shown = devices.filter(({ hidden, gone }) => !hidden && !gone);
  const worth = (device: DeviceView): number => {
    if (mainSwitchOf(device)) return 2;
    return device.properties.some((one) => isMain(one) && one.value !== undefined) ? 1 : 0;
  };
  return shown
    .filter((device) => worth(device) > 0)
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, suggested)
    .map(({ id }) => id);
}

export function FavouriteDevices({ devices }: { readonly devices: readonly DeviceView[] }) {
  const { say } = useWords();
  const [isChoosing, setChoosing] = useState(false);
  const { ids, toggle } = useFavourites();
  const set = useDeviceSet();
  const wanted = ids ?? suggestionsOf(devices);
  const shown = wanted.flatMap((id) => devices.find((device) => device.id === id) ?? []);
  return (
    <section aria-label={say('home.favourites')}>
      <div className="home-head">
        <h2 className="home-title">{say('home.favourites')}</h2>
        <Button
          variant="subtle"
          leftSection={
            isChoosing ? <IconCheck size={16} aria-hidden /> : <IconPencil size={16} aria-hidden />
          }
          onClick={() => setChoosing(!isChoosing)}
        >
          {say(isChoosing ? 'home.favourites.done' : 'home.favourites.choose')}
        </Button>
      </div>
      {isChoosing ? (
        <FavouriteChoice devices={devices} chosen={wanted} onToggle={(id) => toggle(id, wanted)} />
      ) : (
        <ul className="tiles">
          {shown.map((device) => (
            <FavouriteTile key={device.id} device={device} onSet={set} />
          ))}
        </ul>
      )}
      {shown.length === 0 && !isChoosing ? <p className="dim">{say('home.favourites.none')}</p> : null}
    </section>
  );
}
