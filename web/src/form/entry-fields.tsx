// What is inside an open row: the options that it has, and those that it could have behind one button.
import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { KindFacts, KindOption } from '../api/types.ts';
import { type Path, valueAt } from '../document/edit.ts';
import { Field } from './fields/field.tsx';
import { useForm } from './form-context.ts';
import { isBlock, startOf } from './kinds.ts';
import { optionLabel, verbLabel } from './option-words.ts';

export interface EntryFieldsProps {
  readonly kind: KindFacts;
  readonly path: Path;
}

/** `enabled` is a key of its own in the row's menu. */
function fieldsOf(kind: KindFacts): readonly KindOption[] {
  return kind.options.filter(
    (option) =>
      !isBlock(option) &&
      option.name !== 'enabled' &&
      !(option.field === 'flag' && option.name === kind.verb),
  );
}

function MoreOptions({ kind, path }: EntryFieldsProps) {
  const { tree, edit, speaker, isFrozen } = useForm();
  const missing = kind.options.filter(
    (option) =>
      option.name !== 'enabled' && !option.required && valueAt(tree, [...path, option.name]) === undefined,
  );
  if (missing.length === 0 || isFrozen) return null;
  const { say } = speaker;
  return (
    <Menu position="bottom-start" width={240} returnFocus>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          className="field-more"
          leftSection={<IconPlus size={15} aria-hidden />}
        >
          {say('form.option')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} className="menu-long">
        {missing.map(({ name, field, choices }) => (
          <Menu.Item
            key={name}
            onClick={() =>
              edit(
                { do: 'set', path: [...path, name], value: startOf(field, choices) },
                { focus: [...path, name] },
              )
            }
          >
            {optionLabel(say, name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function EntryFields({ kind, path }: EntryFieldsProps) {
  const { tree, speaker } = useForm();
  const shown = fieldsOf(kind).filter(
    ({ name, required }) => required || valueAt(tree, [...path, name]) !== undefined,
  );
  return (
    <div className="entry-fields">
      {shown.map((option) => (
        <Field
          key={option.name}
          option={option}
          path={[...path, option.name]}
          label={
            option.name === kind.verb ? verbLabel(speaker.say, option) : optionLabel(speaker.say, option.name)
          }
        />
      ))}
      <MoreOptions kind={kind} path={path} />
    </div>
  );
}
