// What a rule is called and how it runs. The mode is always seen; what is rarer is behind one button.
import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { KindOption } from '../api/types.ts';
import { listOf } from '../document/edit.ts';
import { useForm } from './form-context.ts';
import { useText } from './use-text.ts';

const modes = ['single', 'restart', 'queued', 'parallel'] as const;

function option(name: string, field: KindOption['field']): KindOption {
  return { name, field, required: false, many: false };
}

const rare: readonly KindOption[] = [
  option('id', 'text'),
  option('description', 'text'),
  option('max', 'number'),
  option('key', 'text'),
  option('priority', 'number'),
  option('onError', 'onError'),
  option('overdue', 'overdue'),
  option('variables', 'names'),
];

type Rare =
  | 'id'
  | 'description'
  | 'labels'
  | 'max'
  | 'key'
  | 'limit'
  | 'priority'
  | 'onError'
  | 'overdue'
  | 'variables'
  | 'finally';

const starts: Readonly<Record<Rare, unknown>> = {
  id: '',
  description: '',
  labels: [''],
  max: 10,
  key: '',
  limit: { runs: 5, in: '10m' },
  priority: 0,
  onError: 'continue',
  overdue: 'skip',
  variables: {},
  finally: [],
};

function isRare(name: string): name is Rare {
  return Object.hasOwn(starts, name);
}

function Name() {
  const { tree, speaker, isFrozen, edit } = useForm();
  const text = useText(String(tree['name'] ?? ''), {
    write: (value) => edit({ do: 'set', path: ['name'], value }, { group: 'name' }),
  });
  return (
    <TextInput label={speaker.say('form.name')} {...text} disabled={isFrozen} className="settings-name" />
  );
}

function Mode() {
  const { tree, speaker, isFrozen, edit } = useForm();
  const given = String(tree['mode'] ?? 'single');
  const known = modes.find((mode) => mode === given);
  return (
    <NativeSelect
      label={speaker.say('form.mode')}
      disabled={isFrozen}
      value={given}
      className="settings-mode"
      data={modes.map((mode) => ({ value: mode, label: speaker.say(`mode.${mode}`) }))}
      {...(known ? { description: speaker.say(`mode.hint.${known}`) } : {})}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={({ currentTarget: { value } }) => edit({ do: 'set', path: ['mode'], value })}
    />
  );
}

function labelsIn(text: string): readonly string[] {
  const parts = text.split(/[,，]/).map((label) => label.trim());
  return parts.filter((label) => label !== '');
}

function Labels() {
  const { tree, speaker, isFrozen, edit } = useForm();
  const text = useText(listOf(tree['labels']).join(', '), {
    write: (typed) => edit({ do: 'set', path: ['labels'], value: labelsIn(typed) }, { group: 'labels' }),
    said: (typed) => labelsIn(typed).join(', '),
  });
  return <TextInput label={speaker.say('form.labels')} {...text} disabled={isFrozen} />;
}

function Limit() {
  const { draw, speaker } = useForm();
  return (
    <>
      {draw.field({
        option: option('runs', 'number'),
        path: ['limit', 'runs'],
        label: speaker.say('form.limit.runs'),
      })}
      {draw.field({
        option: option('in', 'duration'),
        path: ['limit', 'in'],
        label: speaker.say('form.limit.in'),
      })}
    </>
  );
}

function MoreSettings() {
  const { tree, speaker, isFrozen, edit } = useForm();
  const missing = Object.keys(starts).filter((name) => tree[name] === undefined);
  if (isFrozen || missing.length === 0) return null;
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          className="field-more"
          leftSection={<IconPlus size={15} aria-hidden />}
        >
          {speaker.say('form.setting')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {missing.filter(isRare).map((name) => (
          <Menu.Item
            key={name}
            onClick={() => edit({ do: 'set', path: [name], value: starts[name] }, { focus: [name] })}
          >
            {speaker.say(`setting.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the rule is, in one line. */
function summaryOf({ tree, speaker }: Pick<ReturnType<typeof useForm>, 'tree' | 'speaker'>): string {
  const mode = modes.find((each) => each === (tree['mode'] ?? 'single'));
  const labels = listOf(tree['labels']).join(', ');
  const name = typeof tree['name'] === 'string' ? tree['name'] : '';
  return [name, mode && speaker.say(`mode.${mode}`), labels].filter(Boolean).join(' · ');
}

export function Settings() {
  const { tree, speaker } = useForm();
  const id = useId();
  // A rule without an id is new: it wants a name first.
  const [isOpen, setIsOpen] = useState(tree['id'] === undefined);
  return (
    <div className="settings-card entry" data-open={isOpen}>
      <button
        type="button"
        className="entry-main"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight className="entry-chevron" size={15} stroke={2} aria-hidden />
        <span>
          <span className="settings-title">{speaker.say('form.settings')}</span>{' '}
          {isOpen ? null : <span className="dim">{summaryOf({ tree, speaker })}</span>}
        </span>
      </button>
      <div id={id} className="entry-body" hidden={!isOpen}>
        {isOpen ? <SettingFields /> : null}
      </div>
    </div>
  );
}

function SettingFields() {
  const { draw, tree, speaker } = useForm();
  return (
    <div className="settings">
      <Name />
      <Mode />
      {tree['labels'] === undefined ? null : (
        <div data-field="labels">
          <Labels />
        </div>
      )}
      {tree['limit'] === undefined ? null : <Limit />}
      {rare
        .filter(({ name }) => tree[name] !== undefined && isRare(name))
        .map((each) => (
          <div key={each.name} className="settings-rare">
            {draw.field({
              option: each,
              path: [each.name],
              label: isRare(each.name) ? speaker.say(`setting.${each.name}`) : each.name,
            })}
          </div>
        ))}
      <MoreSettings />
    </div>
  );
}
