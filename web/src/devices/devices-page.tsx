// All devices of the house by room, with what they report.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AddGuide } from './add-guide.tsx';
import { type DeviceFilter, type DeviceGroup, groupsOf, isShown } from './device-facts.ts';
import { DeviceFilters } from './device-filters.tsx';
import { DeviceRow } from './device-row.tsx';
import { useDeviceSet, type Wish } from './use-device-set.ts';
import { useDevices } from './use-devices.ts';
import './devices-page.css';

const route = getRouteApi('/devices');

export interface DevicesSearch extends DeviceFilter {
  /** Present: how to add a device is shown above the list. */
  readonly add?: string;
}

interface GroupProps {
  readonly group: DeviceGroup;
  readonly onSet: (wish: Wish) => void;
}

function Group({ group, onSet }: GroupProps) {
  const { say } = useWords();
  const title = group.isNew ? say('devices.arrived') : (group.room ?? say('devices.noRoom'));
  return (
    <section className="devices-group" aria-label={title}>
      <h2>
        {title} <span className="dim number">{group.devices.length}</span>
      </h2>
      <ul className="card">
        {group.devices.map((device) => (
          <DeviceRow key={device.id} device={device} onSet={onSet} />
        ))}
      </ul>
    </section>
  );
}

interface ListProps {
  readonly devices: readonly DeviceView[];
  readonly filter: DeviceFilter;
}

function Groups({ devices, filter }: ListProps) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const set = useDeviceSet();
  const [withHidden, setWithHidden] = useState(false);
  const matching = devices.filter((device) => isShown(device, filter));
  const shown = matching.filter(({ hidden }) => withHidden || !hidden);
  const hidden = matching.length - shown.length;
  return (
    <>
      {groupsOf(shown, language, ticker.now()).map((group) => (
        <Group key={`${group.isNew} ${group.room}`} group={group} onSet={set} />
      ))}
      {shown.length === 0 ? <p className="devices-none dim">{say('devices.noMatch')}</p> : null}
      {hidden > 0 ? (
        <Button variant="subtle" color="gray" onClick={() => setWithHidden(true)}>
          {say('devices.hidden', { count: hidden })}
        </Button>
      ) : null}
    </>
  );
}

interface HeadProps {
  readonly devices: readonly DeviceView[] | undefined;
}

function Head({ devices = [] }: HeadProps) {
  const { say } = useWords();
  const offline = devices.filter(({ online, hidden }) => online === false && !hidden).length;
  return (
    <div className="page-head">
      <h1>{say('devices.title')}</h1>
      <span className="dim number devices-count">
        {devices.length > 0 ? say('devices.count', { count: devices.length }) : null}
        {offline > 0 ? ` · ${say('devices.offline', { count: offline })}` : null}
      </span>
      {devices.length > 0 ? (
        <LinkButton
          to="/devices"
          search={{ add: 'yes' }}
          variant="default"
          className="page-head-end"
          leftSection={<IconPlus size={17} aria-hidden />}
        >
          {say('devices.add')}
        </LinkButton>
      ) : null}
    </div>
  );
}

export interface DevicesViewProps {
  readonly search: DevicesSearch;
  readonly onFilter: (filter: DeviceFilter) => void;
}

export function DevicesBody({ search, onFilter }: DevicesViewProps) {
  const { say } = useWords();
  const { data: devices, error, refetch } = useDevices();
  usePageTitle(say('devices.title'));
  return (
    <div className="page">
      <Head devices={devices} />
      {devices?.length === 0 || search.add !== undefined ? (
        <AddGuide isFirst={devices?.length === 0} />
      ) : null}
      {devices && devices.length > 0 ? (
        <>
          <DeviceFilters devices={devices} filter={search} onFilter={onFilter} />
          <Groups devices={devices} filter={search} />
        </>
      ) : null}
      {!devices && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!devices && !error ? <Waiting rows={4} /> : null}
    </div>
  );
}

export function DevicesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DevicesBody
      search={search}
      onFilter={(filter) =>
        void navigate({ search: ({ add }) => ({ ...filter, ...(add && { add }) }), replace: true })
      }
    />
  );
}
