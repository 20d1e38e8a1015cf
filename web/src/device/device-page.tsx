// One device: its controls and values, what people say of it, what uses it, what is wrong with it.
import { IconChevronLeft } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiError } from '../api/api-error.ts';
import type { DeviceView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { DeviceAbout } from './device-about.tsx';
import { DeviceHead } from './device-head.tsx';
import { DeviceProblems } from './device-problems.tsx';
import { DeviceUses } from './device-uses.tsx';
import { EditForm } from './edit-form.tsx';
import { ForgetButton } from './forget-button.tsx';
import { PropertyGroups } from './property-groups.tsx';
import { useDevice } from './use-device.ts';
import './device-page.css';

/** With no more properties the column of them has room for what uses the device. */
const mostOfShort = 5;

const route = getRouteApi('/devices/$id');

function Device({ device }: { readonly device: DeviceView }) {
  const mayEdit = useMay('edit');
  const isShort = device.properties.length <= mostOfShort;
  return (
    <>
      <DeviceHead device={device} />
      <div className="device">
        <div className="device-main">
          <DeviceProblems device={device} />
          <PropertyGroups device={device} />
          {isShort ? <DeviceUses id={device.id} /> : null}
        </div>
        <div className="device-side">
          {mayEdit ? <EditForm key={device.id} device={device} /> : null}
          {isShort ? null : <DeviceUses id={device.id} />}
          <DeviceAbout device={device} />
          {mayEdit && device.gone ? <ForgetButton device={device} /> : null}
        </div>
      </div>
    </>
  );
}

function Missing() {
  const { say } = useWords();
  return <Empty title={say('device.missing')} hint={say('device.missing.hint')} />;
}

export function DeviceBody({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { data: device, error, refetch } = useDevice(id);
  const isMissing = error instanceof ApiError && error.status === 404;
  usePageTitle(device?.name ?? id);
  return (
    <div className="page">
      <Link to="/devices" className="device-back">
        <IconChevronLeft size={18} stroke={1.8} aria-hidden />
        {say('device.all')}
      </Link>
      {device && !isMissing ? <Device device={device} /> : null}
      {isMissing ? <Missing /> : null}
      {!device && error && !isMissing ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!device && !error ? <Waiting rows={5} /> : null}
    </div>
  );
}

export function DevicePage() {
  return <DeviceBody id={route.useParams().id} />;
}
