// What a house without devices and rules sees: the two things that make it one.
import { IconHome } from '@tabler/icons-react';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LinkButton } from '../parts/link-button.tsx';

export function FirstSteps() {
  const { say } = useWords();
  const mayEdit = useMay('edit');
  return (
    <section className="card">
      <Empty
        icon={<IconHome size={24} stroke={1.6} aria-hidden />}
        title={say('home.empty')}
        hint={say('home.empty.hint')}
      >
        <LinkButton to="/devices" search={{ add: 'yes' }}>
          {say('home.empty.device')}
        </LinkButton>
        {mayEdit ? (
          <LinkButton variant="default" to="/rules/new" search={{ start: 'example' }}>
            {say('home.empty.rule')}
          </LinkButton>
        ) : null}
      </Empty>
    </section>
  );
}
