// What can be done to a row, for those who use no keys; each line says its key.
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconNote,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { isTree, valueAt } from '../document/edit.ts';
import type { TextKey } from '../i18n/texts.ts';
import { useForm } from './form-context.ts';
import type { Row, RowActions } from './use-row-actions.ts';

interface ItemProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  readonly text: TextKey;
  readonly keys?: string;
  readonly onClick: () => void;
}

function Item({ icon: Icon, text, keys, onClick }: ItemProps) {
  const { speaker } = useForm();
  return (
    <Menu.Item
      leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
      rightSection={keys === undefined ? null : <kbd className="menu-keys">{keys}</kbd>}
      onClick={onClick}
    >
      {speaker.say(text)}
    </Menu.Item>
  );
}

const moves = [
  ['up', 'form.moveUp', 'Alt ↑', IconArrowUp],
  ['down', 'form.moveDown', 'Alt ↓', IconArrowDown],
  ['in', 'form.moveIn', 'Alt →', IconArrowRight],
  ['out', 'form.moveOut', 'Alt ←', IconArrowLeft],
] as const;

export function EntryMenu({ row, actions }: { readonly row: Row; readonly actions: RowActions }) {
  const { tree, speaker, add } = useForm();
  const value = valueAt(tree, row.path);
  const isSwitchable = isTree(value) && row.role !== 'conditions';
  const isOff = isTree(value) && value['enabled'] === false;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={speaker.say('form.more')}>
          <IconDots size={18} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Item
          icon={IconPlus}
          text="form.addBelow"
          keys="A"
          onClick={() => add({ list: row.list, index: row.index + 1, role: row.role })}
        />
        <Item icon={IconCopy} text="form.duplicate" keys="Ctrl D" onClick={actions.duplicate} />
        {moves
          .filter(([move]) => actions.targetOf(move) !== undefined)
          .map(([move, text, keys, icon]) => (
            <Item key={move} icon={icon} text={text} keys={keys} onClick={() => actions.move(move)} />
          ))}
        {isSwitchable ? (
          <>
            <Item
              icon={isOff ? IconPlayerPlay : IconPlayerPause}
              text={isOff ? 'form.enable' : 'form.disable'}
              keys="D"
              onClick={actions.toggle}
            />
            <Item icon={IconNote} text="form.note" keys="Ctrl /" onClick={actions.note} />
          </>
        ) : null}
        <Item icon={IconTrash} text="form.remove" keys="Del" onClick={actions.remove} />
      </Menu.Dropdown>
    </Menu>
  );
}
