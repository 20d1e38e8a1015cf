// What runs here, since when and where, and where it listens.
import type { SystemView } from '../api/types.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Line } from './line.tsx';
import { reachOf } from './reach.ts';

type Listener = SystemView['listeners'][number];

function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function Facts({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  return (
    <dl className="card">
      <Line name={say('system.version')}>{system.version}</Line>
      <Line name={say('system.started')}>
        {formatMoment(language, system.startedAt, system.now)}
        <Age at={system.startedAt} className="dim" />
      </Line>
      <Line name={say('system.zone')}>
        {system.zone}
        {system.zone === browserZone() ? null : (
          <span className="dim">{say('system.zone.other', { zone: browserZone() })}</span>
        )}
      </Line>
      <Line name={say('system.place')}>
        {system.place ? (
          <span className="number">
            {system.place.latitude}, {system.place.longitude}
          </span>
        ) : (
          <span className="dim">{say('system.place.none')}</span>
        )}
      </Line>
      <Line name={say('system.data')}>
        <span className="code">{system.dataDir}</span>
        <CopyButton text={system.dataDir} />
      </Line>
      <Line name={say('system.node')}>{system.node}</Line>
    </dl>
  );
}

/** What listens on every address is shown with one at which others find it. */
function Place({ system, listener }: { readonly system: SystemView; readonly listener: Listener }) {
  const { say } = useWords();
  const { kind, address, port } = listener;
  const url = /^\w+:\/\/(?:0\.0\.0\.0|\[::\])[:/]/.test(address) ? URL.parse(address) : null;
  if (url === null)
    return <span className="code">{port === undefined ? address : `${address}:${port}`}</span>;
  const { hostname: pageHost } = globalThis.location;
  const [first = 'localhost'] = reachOf({ system, kind, usualPort: 0, pageHost }).addresses;
  return (
    <>
      <span className="code">{address.replace(url.hostname, first)}</span>
      <span className="dim">{say('system.listener.all')}</span>
    </>
  );
}

export function Listeners({ system }: { readonly system: SystemView }) {
  const { say } = useWords();
  return (
    <section>
      <h3>{say('system.listeners')}</h3>
      <dl className="card">
        {system.listeners.map((listener) => (
          <Line
            key={`${listener.kind} ${listener.address} ${listener.port}`}
            name={say(`system.listener.${listener.kind}`)}
          >
            <Place system={system} listener={listener} />
          </Line>
        ))}
      </dl>
    </section>
  );
}
