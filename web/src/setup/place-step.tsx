// Where the home is and which time it has: what the house is configured with, and the lines that change it.
import { TextInput } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useState } from 'react';
import type { SystemView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useTickingText } from '../parts/age.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { useSystem } from '../system/use-system.ts';
import type { Progress } from './progress.ts';
import { SetupStep } from './setup-step.tsx';
import { useWalk } from './walk.ts';

function Clock({ zone }: { readonly zone: string }) {
  const { language } = useWords();
  const { ticker } = useHouse();
  const format = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone });
  return <strong className="number">{useTickingText(() => format.format(ticker.now()))}</strong>;
}

/** The house's zone as it is, and a word where this browser lives in another one. */
function Zone({ zone, here }: { readonly zone: string; readonly here: string }) {
  const { say } = useWords();
  return (
    <div className="setup-fact">
      <span>{zone}</span>
      <Clock zone={zone} />
      {zone === here ? null : (
        <span className="setup-warn">{say('setup.place.differs', { zone: here })}</span>
      )}
    </div>
  );
}

const degrees = /^-?\d{1,3}(?:\.\d+)?$/;
const fields = [
  { name: 'latitude', placeholder: '31.23' },
  { name: 'longitude', placeholder: '121.47' },
] as const;

type Typed = NonNullable<Progress['place']>;

/** What is to be written into the configuration; nothing when the house knows it already. */
function linesFor(system: SystemView | undefined, { latitude, longitude }: Typed, here: string): string[] {
  const [north, east] = [latitude.trim(), longitude.trim()];
  const isPlace = degrees.test(north) && degrees.test(east);
  const isKnown = system?.place?.latitude === Number(north) && system.place.longitude === Number(east);
  const isOtherZone = system !== undefined && system.zone !== here;
  return [
    ...(isOtherZone ? [`zone: ${here}`] : []),
    ...(isPlace && !isKnown ? [`place: { latitude: ${north}, longitude: ${east} }`] : []),
  ];
}

/** What was typed, else what the house is configured with. */
function usePlace(system: SystemView | undefined) {
  const { progress, keep } = useWalk();
  const { latitude = '', longitude = '' } = system?.place ?? {};
  const place: Typed = progress.place ?? { latitude: String(latitude), longitude: String(longitude) };
  return { place, setPlace: (more: Partial<Typed>) => keep({ place: { ...place, ...more } }) };
}

export function PlaceStep() {
  const { say } = useWords();
  const { data: system } = useSystem();
  const [here] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const { place, setPlace } = usePlace(system);
  const lines = linesFor(system, place, here);
  return (
    <SetupStep title={say('setup.place')} hint={say('setup.place.hint')}>
      {system ? <Zone zone={system.zone} here={here} /> : null}
      <div className="setup-pair">
        {fields.map(({ name, placeholder }) => (
          <TextInput
            key={name}
            name={name}
            label={say(`setup.place.${name}`)}
            placeholder={placeholder}
            inputMode="text"
            value={place[name]}
            onChange={(event) => setPlace({ [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      {system?.place && lines.length === 0 ? (
        <p className="setup-known">
          <IconMapPin size={18} stroke={1.8} aria-hidden />
          {say('setup.place.known')}
        </p>
      ) : null}
      {lines.length > 0 ? (
        <div>
          <p className="dim">
            {say('setup.place.lines', { file: `${system?.dataDir ?? ''}/homerule.yaml` })}
          </p>
          <Snippet text={lines.join('\n')} />
        </div>
      ) : null}
    </SetupStep>
  );
}
