// One device in the list. The whole row opens it; only the switch acts by itself.
import { IconBattery1 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { DevicePropertyView, DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { propertyName, valueWords } from '../i18n/property-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Tag } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { chipsOf, isNew, lowBatteryOf, mainSwitchOf } from './device-facts.ts';
import { useFormatName } from './format-name.ts';
import { Presence } from './presence.tsx';
import { Swatch } from './swatch.tsx';
import type { Wish } from './use-device-set.ts';
import { useWanted } from './wanted.ts';
import './device-row.css';
import '../parts/card-row.css';
import './switch.css';

const mostChips = 4;

function Chip({ property }: { readonly property: DevicePropertyView }) {
  const words = useWords();
  return (
    <span className="chip">
      <span className="chip-name">{propertyName(words.say, property)}</span>{' '}
      <span className="chip-value number">
        {property.kind === 'color' ? <Swatch color={property.value} /> : null}
        {valueWords(words, property, property.value)}
      </span>
    </span>
  );
}

function Marks({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const battery = lowBatteryOf(device);
  const { length } = device.problems;
  return (
    <span className="device-row-marks">
      {isNew(device, ticker.now()) ? <Tag tone="accent">{say('device.new')}</Tag> : null}
      {device.gone ? <Tag tone="bad">{say('device.gone')}</Tag> : null}
      {!device.gone && device.online === false ? <Tag tone="bad">{say('device.offline')}</Tag> : null}
      {battery ? (
        <Tag tone="warn" title={propertyName(say, battery)}>
          <IconBattery1 size={14} stroke={1.8} aria-hidden />
          {typeof battery.value === 'number' ? `${battery.value} %` : say('value.low')}
          <span className="sr-only">{propertyName(say, battery)}</span>
        </Tag>
      ) : null}
      {length > 0 ? <Tag tone="warn">{say('device.problems', { count: length })}</Tag> : null}
    </span>
  );
}

function About({ device: { manufacturer, model, id, name, format } }: { readonly device: DeviceView }) {
  const formatName = useFormatName(format);
  const made = [manufacturer, model].filter((word) => word !== undefined).join(' · ');
  return <span className="device-row-about">{made || (id === name ? formatName : id)}</span>;
}

interface SwitchProps {
  readonly device: DeviceView;
  readonly property: DevicePropertyView;
  readonly onSet: (wish: Wish) => void;
}

function MainSwitch({ device, property, onSet }: SwitchProps) {
  const words = useWords();
  const mayOperate = useMay('operate');
  const { value, state } = useWanted(property);
  if (!mayOperate)
    return <span className="device-row-state">{valueWords(words, property, property.value)}</span>;
  const name = propertyName(words.say, property);
  const known = value === undefined ? ` (${words.say('value.unknown')})` : '';
  return (
    <span className="switch" data-state={state} data-known={value !== undefined}>
      <Toggle
        on={value === true}
        label={`${device.name}: ${name}${known}`}
        onChange={(on) => onSet({ device, property: property.id, value: on })}
      />
    </span>
  );
}

export interface DeviceRowProps {
  readonly device: DeviceView;
  readonly onSet: (wish: Wish) => void;
}

export const DeviceRow = memo(function DeviceRow({ device, onSet }: DeviceRowProps) {
  const main = mainSwitchOf(device);
  return (
    <li className="device-row card-row" data-off={device.gone || device.online === false}>
      <Link to="/devices/$id" params={{ id: device.id }} className="device-row-link">
        <Presence device={device} />
        <span className="device-row-name">
          <span>{device.name}</span>
          <Marks device={device} />
        </span>
        <About device={device} />
        <span className="device-row-chips">
          {chipsOf(device, mostChips).map((property) => (
            <Chip key={property.id} property={property} />
          ))}
        </span>
      </Link>
      <span className="device-row-end">
        {main ? <MainSwitch device={device} property={main} onSet={onSet} /> : null}
      </span>
    </li>
  );
});
