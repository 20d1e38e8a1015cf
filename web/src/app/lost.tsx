// Pages for when there is no page, when it is for others only, or when one broke.
import { Button } from '@mantine/core';
import { IconCompassOff, IconLock, IconMoodSad } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';

export function NotFound() {
  const { say } = useWords();
  return (
    <Empty
      icon={<IconCompassOff size={24} stroke={1.6} aria-hidden />}
      title={say('app.notFound')}
      hint={say('app.notFound.hint')}
    >
      <LinkButton variant="default" to="/">
        {say('app.home')}
      </LinkButton>
    </Empty>
  );
}

export function Denied() {
  const { say } = useWords();
  return (
    <Empty
      icon={<IconLock size={24} stroke={1.6} aria-hidden />}
      title={say('app.denied')}
      hint={say('app.denied.hint')}
    />
  );
}

export function Crashed() {
  const { say } = useWords();
  return (
    <div role="alert">
      <Empty
        icon={<IconMoodSad size={24} stroke={1.6} aria-hidden />}
        title={say('app.crashed')}
        hint={say('app.crashed.hint')}
      >
        <Button onClick={() => globalThis.location.reload()}>{say('app.reload')}</Button>
      </Empty>
    </div>
  );
}
