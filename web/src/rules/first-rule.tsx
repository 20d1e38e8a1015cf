// What an empty house sees: a rule that works, ready to be taken.
import { IconSparkles } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { exampleRule, exampleRuleZh } from './example-rule.ts';
import './first-rule.css';
import { LinkButton } from '../parts/link-button.tsx';

export function FirstRule() {
  const { say, language } = useWords();
  return (
    <section className="first-rule card">
      <Empty
        icon={<IconSparkles size={24} stroke={1.6} aria-hidden />}
        title={say('rules.none')}
        hint={say('rules.none.hint')}
      >
        <LinkButton to="/rules/new" search={{ start: 'example' }}>
          {say('rules.none.use')}
        </LinkButton>
        <LinkButton variant="default" to="/rules/new">
          {say('rules.none.blank')}
        </LinkButton>
      </Empty>
      <pre className="first-rule-text">{language === 'zh-CN' ? exampleRuleZh : exampleRule}</pre>
    </section>
  );
}
