// Where the home is and which time it has: what the house is configured with, and the lines that change it.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useTickingText } from '../parts/age.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { useSystem } from '../system/use-system.ts';
import { SetupStep } from './setup-step.tsx';

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

export function PlaceStep() {
  const { say } = useWords();
  const { data: system } = useSystem();
  const [here] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [latitude, setLatitude] = useState('');
  const [longitude, setLongitude] = useState('');
  const isPlace = degrees.test(latitude.trim()) && degrees.test(longitude.trim());
  const place = isPlace
    ? `place: { latitude: ${latitude.trim()}, longitude: ${longitude.trim()} }`
    : undefined;
  const isOtherZone = system !== undefined && system.zone !== here;
  const lines = [...(isOtherZone ? [`zone: ${here}`] : []), ...(place === undefined ? [] : [place])];
  return (
    <SetupStep title={say('setup.place')} hint={say('setup.place.hint')}>
      {system ? <Zone zone={system.zone} here={here} /> : null}
      <div className="setup-pair">
        <TextInput
          name="latitude"
          label={say('setup.place.latitude')}
          placeholder="31.23"
          inputMode="text"
          value={latitude}
          onChange={(event) => setLatitude(event.currentTarget.value)}
        />
        <TextInput
          name="longitude"
          label={say('setup.place.longitude')}
          placeholder="121.47"
          inputMode="text"
          value={longitude}
          onChange={(event) => setLongitude(event.currentTarget.value)}
        />
      </div>
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
