// Which device this is, and whether it is there.
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { isNew } from '../devices/device-facts.ts';
import { Presence } from '../devices/presence.tsx';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Tag } from '../parts/tag.tsx';

export function DeviceHead({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const { ticker } = useHouse();
  return (
    <header className="device-head">
      <div className="device-title">
        <h1>{device.name}</h1>
        {isNew(device, ticker.now()) ? <Tag tone="accent">{say('device.new')}</Tag> : null}
        {device.hidden ? <Tag>{say('device.hidden')}</Tag> : null}
      </div>
      <p className="device-state">
        <Presence device={device} isSaid />
        {device.room === undefined ? null : <span>{device.room}</span>}
        {device.seen === undefined ? null : (
          <span className="dim">
            {say('device.seen')} <Age at={device.seen} />
          </span>
        )}
        {device.labels.map((label) => (
          <Tag key={label}>{label}</Tag>
        ))}
      </p>
    </header>
  );
}
