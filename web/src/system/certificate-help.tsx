// Whether the house speaks TLS, and how it gets to.
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import type { SystemView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';

const command = 'npx homerule certificate';

export function CertificateHelp({ system }: { readonly system: SystemView }) {
  const { say } = useWords();
  const isSecure = system.listeners.some(({ kind }) => kind === 'mqtts' || kind === 'wss');
  const Icon = isSecure ? IconLock : IconLockOpen;
  return (
    <section>
      <h3>{say('system.tls')}</h3>
      <div className="card system-tls">
        <p className="system-tls-state">
          <Icon size={18} stroke={1.8} aria-hidden />
          {say(isSecure ? 'system.tls.on' : 'system.tls.off')}
        </p>
        <p className="dim">{say(isSecure ? 'system.tls.renew' : 'system.tls.how')}</p>
        <div className="system-command">
          <code>{command}</code>
          <CopyButton text={command} />
        </div>
      </div>
    </section>
  );
}
