// The head of a rule's page: name, switch, Run now, and what is rarer behind the dots.
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconChevronLeft,
  IconDots,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { RuleView, RunView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Tag } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useWasTrue } from '../parts/use-was-true.ts';
import { useRuleSwitch } from '../rules/use-rule-switch.ts';
import { useRunNow } from './use-run-now.ts';
import './rule-head.css';

const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog }));
const RunDialog = lazy(async () => ({ default: (await import('./run-dialog.tsx')).RunDialog }));

export function BackToRules() {
  const { say } = useWords();
  return (
    <ActionIcon
      component={Link}
      to="/rules"
      variant="subtle"
      color="gray"
      className="page-back"
      aria-label={say('rule.allRules')}
    >
      <IconChevronLeft size={20} stroke={1.8} />
    </ActionIcon>
  );
}

interface MoreMenuProps {
  readonly mayEdit: boolean;
  readonly onRunWith: () => void;
  readonly onDelete: () => void;
}

function MoreMenu({ mayEdit, onRunWith, onDelete }: MoreMenuProps) {
  const { say } = useWords();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={say('app.more')}>
          <IconDots size={19} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerTrackNext size={17} stroke={1.7} aria-hidden />}
          onClick={onRunWith}
        >
          {say('rule.runWith')}
        </Menu.Item>
        {mayEdit ? (
          <Menu.Item
            className="menu-danger"
            leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />}
            onClick={onDelete}
          >
            {say('rule.delete')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

interface RunNowProps {
  readonly rule: RuleView;
  readonly isBusy: boolean;
  readonly onRun: () => void;
}

function RunNow({ rule, isBusy, onRun }: RunNowProps) {
  const { say } = useWords();
  return (
    <Tooltip label={say('rule.runNow.hint', { version: rule.version })}>
      <Button
        variant="default"
        leftSection={<IconPlayerPlay size={16} stroke={1.8} aria-hidden />}
        loading={isBusy}
        onClick={onRun}
      >
        {say('rule.runNow')}
      </Button>
    </Tooltip>
  );
}

export interface RuleHeadProps {
  readonly rule: RuleView;
  readonly hasDraft: boolean;
  readonly onRan: (run: RunView) => void;
}

export function RuleHead({ rule, hasDraft, onRan }: RuleHeadProps) {
  const { say } = useWords();
  const [dialog, setDialog] = useState<'run' | 'delete'>();
  const close = (): void => setDialog(undefined);
  const [mayEdit, mayOperate] = [useMay('edit'), useMay('operate')];
  const switchRule = useRuleSwitch();
  const { mutate: runNow, isPending } = useRunNow(rule.id, (run) => {
    close();
    onRan(run);
  });
  return (
    <div className="page-head rule-head">
      <BackToRules />
      <div className="rule-head-name">
        <h1>{rule.name}</h1>
        <span className="rule-head-tags">
          <span className="dim number code">v{rule.version}</span>
          {hasDraft ? (
            <Tag tone="accent" title={say('rules.draft.hint')}>
              {say('rules.draft')}
            </Tag>
          ) : null}
          {rule.shadow ? <Tag title={say('shadow.tag.hint')}>{say('shadow.tag')}</Tag> : null}
        </span>
      </div>
      <div className="rule-head-tools">
        <span className="rule-head-switch">
          <span className="dim" aria-hidden="true">
            {say(rule.enabled ? 'rule.enabled' : 'rule.disabled')}
          </span>
          <Toggle
            on={rule.enabled}
            disabled={!mayEdit}
            label={say(rule.enabled ? 'rules.turnOff' : 'rules.turnOn', { name: rule.name })}
            onChange={(enabled) => switchRule({ rule, enabled })}
          />
        </span>
        {mayOperate ? (
          <>
            <RunNow rule={rule} isBusy={isPending} onRun={() => runNow({})} />
            <MoreMenu
              mayEdit={mayEdit}
              onRunWith={() => setDialog('run')}
              onDelete={() => setDialog('delete')}
            />
          </>
        ) : null}
      </div>
      {useWasTrue(dialog !== undefined) ? (
        <Suspense fallback={null}>
          <RunDialog open={dialog === 'run'} busy={isPending} onRun={runNow} onClose={close} />
          <DeleteDialog rule={rule} open={dialog === 'delete'} onClose={close} />
        </Suspense>
      ) : null}
    </div>
  );
}
