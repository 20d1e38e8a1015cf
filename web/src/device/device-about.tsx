// What the device tells of itself.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeviceView } from '../api/types.ts';
import { useFormatName } from '../devices/format-name.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function DeviceAbout({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const { id, manufacturer, model, firmware, via, format, createdAt } = device;
  const formatName = useFormatName(format);
  return (
    <section className="card device-card" aria-label={say('device.about')}>
      <h2>{say('device.about')}</h2>
      <dl className="device-facts">
        <Line name="id">
          <span className="code">{id}</span> <CopyButton text={id} />
        </Line>
        {manufacturer === undefined ? null : <Line name={say('device.maker')}>{manufacturer}</Line>}
        {model === undefined ? null : <Line name={say('device.model')}>{model}</Line>}
        {firmware === undefined ? null : <Line name={say('device.firmware')}>{firmware}</Line>}
        <Line name={say('device.format')}>{formatName}</Line>
        {via === undefined ? null : (
          <Line name={say('device.via')}>
            <Link to="/devices/$id" params={{ id: via }} className="side-link">
              {via}
            </Link>
          </Line>
        )}
        <Line name={say('device.createdAt')}>
          <Age at={createdAt} />
        </Line>
      </dl>
    </section>
  );
}
