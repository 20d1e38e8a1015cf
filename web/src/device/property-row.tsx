// One property: its name, its value or control, who changed it and when, and what it was told and has not done yet.
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { AuthorView, DevicePropertyView } from '../api/types.ts';
import { WhoDidThis } from '../causes/who-did-this.tsx';
import { Swatch } from '../devices/swatch.tsx';
import { useWanted } from '../devices/wanted.ts';
import { useMay } from '../entry/use-session.ts';
import { originWords } from '../i18n/code-words.ts';
import { propertyName, valueWords } from '../i18n/property-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Control } from './control.tsx';
import './property-row.css';

type PendingView = NonNullable<DevicePropertyView['pending']>;

/** A rule leads to the run that did it. */
function Author({ by: { origin, id, cause } }: { readonly by: AuthorView }) {
  const { say } = useWords();
  if (origin === 'rule')
    return (
      <Link
        to="/rules/$id"
        params={{ id }}
        search={cause === undefined ? {} : { tab: 'runs', run: cause }}
        className="property-author"
      >
        {id}
      </Link>
    );
  return (
    <>
      {originWords(say, origin)} {id === '' ? null : <span className="code">{id}</span>}
    </>
  );
}

interface PendingProps {
  readonly property: DevicePropertyView;
  readonly pending: PendingView;
  readonly isLate: boolean;
}

function Pending({ property, pending, isLate }: PendingProps) {
  const words = useWords();
  const value = valueWords(words, property, pending.value);
  const Icon = isLate ? IconAlertTriangle : IconClock;
  return (
    <p className="property-pending" data-late={isLate} role="status">
      <Icon size={15} stroke={1.8} aria-hidden />
      <span>{words.say(isLate ? 'device.unconfirmed' : 'device.pending', { value })}</span>
      <span className="property-by">
        <Author by={pending.by} /> · <Age at={pending.at} />
      </span>
    </p>
  );
}

function Changed({ property }: { readonly property: DevicePropertyView }) {
  const { say } = useWords();
  const { changedAt, by, reported } = property;
  if (!reported) return null;
  if (changedAt === undefined) return <p className="property-changed">{say('device.neverSaid')}</p>;
  return (
    <p className="property-changed">
      <Age at={changedAt} />
      {by ? (
        <>
          {' · '}
          <Author by={by} />
        </>
      ) : null}
    </p>
  );
}

function Value({ property }: { readonly property: DevicePropertyView }) {
  const words = useWords();
  const { value, kind } = property;
  return (
    <span className="property-value number" data-known={value !== undefined}>
      {kind === 'color' ? <Swatch color={value} /> : null}
      {valueWords(words, property, value)}
    </span>
  );
}

export interface PropertyRowProps {
  readonly device: string;
  readonly property: DevicePropertyView;
  readonly onSet: (value: unknown) => void;
}

export function PropertyRow({ device, property, onSet }: PropertyRowProps) {
  const { say } = useWords();
  const mayOperate = useMay('operate');
  const { pending } = property;
  const { value, state } = useWanted(property);
  const name = propertyName(say, property);
  return (
    <li className="property" data-kind={property.kind}>
      <div className="property-name">
        <span title={property.id}>{name}</span>
        <Changed property={property} />
      </div>
      <div className="property-control">
        {property.commandable && mayOperate ? (
          <Control property={property} name={name} value={value} state={state} onSet={onSet} />
        ) : (
          <Value property={property} />
        )}
      </div>
      {pending ? <Pending property={property} pending={pending} isLate={state === 'late'} /> : null}
      {property.changedAt === undefined ? null : (
        <div className="property-who">
          <WhoDidThis effect={{ device, property: property.id }} name={name} />
        </div>
      )}
    </li>
  );
}
