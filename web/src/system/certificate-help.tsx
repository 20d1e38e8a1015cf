// Whether the house speaks TLS and how long its certificate is good; how it gets one, and what devices need to trust it.
import { Button } from '@mantine/core';
import { IconLock, IconLockExclamation, IconLockOpen } from '@tabler/icons-react';
import type { MachineView, SystemView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { QrCode } from '../parts/qr/qr-code.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { reachOf } from './reach.ts';
import { useWebReach } from './use-broker.ts';

type Certificate = NonNullable<MachineView['certificate']>;

const command = 'npx homerule certificate';
const authorityPath = '/ca.pem';
const dayMs = 86_400_000;
const warnBeforeDays = 30;

/** Whole days; negative when it is over. */
export function daysLeft(endsAt: number, now: number): number {
  return Math.floor((endsAt - now) / dayMs);
}

function State({ certificate }: { readonly certificate: Certificate }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const days = daysLeft(certificate.endsAt, ticker.now());
  const isLate = days < warnBeforeDays;
  const Icon = isLate ? IconLockExclamation : IconLock;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(certificate.endsAt);
  return (
    <>
      <p className="system-tls-state" data-tone={days < 0 ? 'bad' : isLate ? 'warn' : 'good'}>
        <Icon size={18} stroke={1.8} aria-hidden />
        {days < 0 ? say('system.tls.over', { date }) : say('system.tls.days', { count: days, date })}
      </p>
      <p className="dim">{say('system.tls.names', { names: certificate.names.join(', ') })}</p>
    </>
  );
}

/** Everybody may have it: it is what devices compare with. */
function Authority({ system }: { readonly system: SystemView }) {
  const { say } = useWords();
  const { addresses: pages, port: pagePort } = useWebReach();
  const { hostname: pageHost } = globalThis.location;
  const broker = reachOf({ system, kind: 'mqtts', usualPort: 8883, pageHost });
  const [page] = pages;
  const host = broker.addresses[0] ?? 'localhost';
  return (
    <div className="system-authority">
      <h4>{say('system.ca')}</h4>
      <p className="dim">{say('system.ca.hint')}</p>
      <ul className="system-ways">
        <li>{say('system.ca.phone')}</li>
        <li>{say('system.ca.device')}</li>
      </ul>
      <div className="on-phone">
        {page === undefined ? null : (
          <QrCode text={`http://${page}:${pagePort}${authorityPath}`} label={say('system.ca.qr')} />
        )}
        <div className="on-phone-words">
          <Button component="a" variant="default" href={authorityPath} download="homerule-ca.pem">
            {say('system.ca.get')}
          </Button>
          <Snippet text={`mosquitto_sub -h ${host} -p ${broker.port} --cafile homerule-ca.pem -t '#'`} />
        </div>
      </div>
    </div>
  );
}

export function CertificateHelp({ system }: { readonly system: SystemView }) {
  const { say } = useWords();
  const { certificate } = system.machine;
  return (
    <section>
      <h3>{say('system.tls')}</h3>
      <div className="card system-tls">
        {certificate ? (
          <State certificate={certificate} />
        ) : (
          <p className="system-tls-state">
            <IconLockOpen size={18} stroke={1.8} aria-hidden />
            {say('system.tls.off')}
          </p>
        )}
        {certificate && !certificate.isOwn ? null : (
          <>
            <p className="dim">{say(certificate ? 'system.tls.renew' : 'system.tls.how')}</p>
            <Snippet text={command} />
          </>
        )}
        {certificate?.isOwn ? <Authority system={system} /> : null}
        <p className="dim">{say('system.tls.pages')}</p>
      </div>
    </section>
  );
}
