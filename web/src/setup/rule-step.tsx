// The first rule: from devices that were heard, from the example, or from nothing. It opens in the editor as a draft.
import { IconChevronRight } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useWords } from '../i18n/use-words.ts';
import { beginNew } from '../rule/new-drafts.ts';
import { blankRule, exampleRule, exampleRuleZh } from '../rules/example-rule.ts';
import { templatesFor } from './rule-templates.ts';
import { SetupStep } from './setup-step.tsx';
import { useWalk } from './walk.ts';

interface ChoiceProps {
  readonly title: string;
  readonly hint: string;
  readonly onTake: () => void;
}

function Choice({ title, hint, onTake }: ChoiceProps) {
  return (
    <li>
      <button type="button" className="setup-template" onClick={onTake}>
        <span>
          <strong>{title}</strong>
          <span className="dim">{hint}</span>
        </span>
        <IconChevronRight size={18} stroke={1.7} aria-hidden />
      </button>
    </li>
  );
}

/** Opens the editor with a text; the setup is at its end then. */
function useTake(): (source: string) => void {
  const { drafts, ticker } = useHouse();
  const { next } = useWalk();
  const navigate = useNavigate();
  return (source) => {
    beginNew(drafts, { source, version: 0, savedAt: ticker.now() });
    next();
    void navigate({ to: '/rules/new' });
  };
}

export function RuleStep() {
  const { say, language } = useWords();
  const { next } = useWalk();
  const { data: devices = [] } = useDevices();
  const take = useTake();
  const example = language === 'zh-CN' ? exampleRuleZh : exampleRule;
  return (
    <SetupStep
      title={say('setup.rule')}
      hint={say('setup.rule.hint')}
      action={{ words: say('setup.skip'), do: next }}
    >
      <ul className="setup-list">
        {templatesFor(devices).map(({ name, from, to, text }) => {
          const title = say(`setup.template.${name}`, { from, to });
          return (
            <Choice
              key={name}
              title={title}
              hint={say(`setup.template.${name}.hint`, { from, to })}
              onTake={() => take(text(title))}
            />
          );
        })}
        <Choice
          title={say('setup.template.example')}
          hint={say('setup.template.example.hint')}
          onTake={() => take(example)}
        />
        <Choice
          title={say('setup.template.blank')}
          hint={say('setup.template.blank.hint')}
          onTake={() => take(blankRule)}
        />
      </ul>
    </SetupStep>
  );
}
