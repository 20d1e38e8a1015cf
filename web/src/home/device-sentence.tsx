// A device that came or went as a sentence: «21:04 Hall lamp is back».
import { IconPlugConnected, IconPlugConnectedX, IconSparkles } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import type { DeviceEvent } from './events.ts';

const icons = { new: IconSparkles, came: IconPlugConnected, went: IconPlugConnectedX } as const;

export function DeviceSentence({ event: { device, kind, at } }: { readonly event: DeviceEvent }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const Icon = icons[kind];
  return (
    <li className="event" data-kind={kind}>
      <time className="event-time number dim" dateTime={new Date(at).toISOString()}>
        {formatMoment(language, at, ticker.now())}
      </time>
      <span className="event-words">
        <Icon className="event-icon" size={15} stroke={1.8} aria-hidden />
        <Link to="/devices/$id" params={{ id: device.id }} className="event-rule">
          {device.name}
        </Link>
        <span className="event-ending" data-tone={kind === 'went' ? 'wait' : undefined}>
          {say(`home.events.${kind}`)}
        </span>
      </span>
    </li>
  );
}
