// What can be done to a row, by key and by menu: the same things.
import type { KeyboardEvent } from 'react';
import { isComposing } from '../base/typing.ts';
import { isTree, listOf, type Path, pathText, valueAt } from '../document/edit.ts';
import { type RuleForm, useForm } from './form-context.ts';
import { kindOf, type Role } from './kinds.ts';

export interface Row {
  readonly role: Role;
  readonly path: Path;
  readonly list: Path;
  readonly index: number;
  readonly count: number;
}

type Move = 'up' | 'down' | 'in' | 'out';

interface Target {
  readonly list: Path;
  readonly index: number;
}

/** The last list of the step above: `else`, else `then`. */
function listInside({ tree, kinds }: RuleForm, path: Path, role: Role): Target | undefined {
  const value = valueAt(tree, path);
  if (role === 'conditions') {
    const key = isTree(value) ? ['all', 'any', 'not'].find((each) => Array.isArray(value[each])) : undefined;
    return key === undefined
      ? undefined
      : { list: [...path, key], index: listOf(valueAt(value, [key])).length };
  }
  const kind = role === 'actions' ? kindOf(kinds.actions, value) : undefined;
  const blocks = kind?.options.filter(({ field }) => field === 'actions') ?? [];
  const block = blocks.findLast(({ name }) => valueAt(value, [name]) !== undefined) ?? blocks[0];
  if (block) return { list: [...path, block.name], index: listOf(valueAt(value, [block.name])).length };
  const branches = kind?.options.find(({ field }) => field === 'branches' || field === 'lists');
  if (!branches) return undefined;
  const last = Math.max(0, listOf(valueAt(value, [branches.name])).length - 1);
  const list = [...path, branches.name, last, ...(branches.field === 'branches' ? ['then'] : [])];
  return { list, index: listOf(valueAt(tree, list)).length };
}

/** Behind the step that this list is a part of. */
function listOutside(list: Path): Target | undefined {
  const at = list.findLastIndex(
    (key, depth) =>
      typeof key === 'number' && depth < list.length - (typeof list.at(-1) === 'number' ? 1 : 0),
  );
  const index = list[at];
  return typeof index === 'number' ? { list: list.slice(0, at), index: index + 1 } : undefined;
}

function targetOf(form: RuleForm, { role, list, index, count }: Row, move: Move): Target | undefined {
  switch (move) {
    case 'up':
      return index > 0 ? { list, index: index - 1 } : undefined;
    case 'down':
      return index < count - 1 ? { list, index: index + 2 } : undefined;
    case 'in':
      return index > 0 ? listInside(form, [...list, index - 1], role) : undefined;
    case 'out':
      return role === 'triggers' ? undefined : listOutside(list);
  }
}

export interface RowActions {
  readonly targetOf: (move: Move) => Target | undefined;
  readonly move: (move: Move) => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  readonly toggle: () => void;
  readonly note: () => void;
  readonly open: (isOpen: boolean, field?: string) => void;
  readonly key: (event: KeyboardEvent) => void;
}

const moves: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

function focusRowBeside(event: KeyboardEvent): void {
  const rows = [...globalThis.document.querySelectorAll<HTMLElement>('.entry-main, .entry-add')];
  const at = rows.indexOf(event.currentTarget as HTMLElement);
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

export function useRowActions(row: Row): RowActions {
  const form = useForm();
  const { path, list, index, count, role } = row;
  const value = valueAt(form.tree, path);
  const isSwitchable = isTree(value) && role !== 'conditions';
  const move = (where: Move): void => {
    const target = targetOf(form, row, where);
    if (target) form.edit({ do: 'move', from: path, ...target }, { focus: path });
  };
  const actions: RowActions = {
    targetOf: (where) => targetOf(form, row, where),
    move,
    duplicate: () =>
      form.edit({ do: 'insert', list, index: index + 1, value }, { focus: [...list, index + 1] }),
    remove: () =>
      form.edit({ do: 'remove', path }, { focus: [...list, Math.max(0, Math.min(index, count - 2))] }),
    toggle: () => {
      if (!isSwitchable) return;
      const isOff = value['enabled'] === false;
      form.edit({ do: 'set', path: [...path, 'enabled'], value: isOff ? undefined : false }, { focus: path });
    },
    note: () => {
      if (!isSwitchable) return;
      form.edit(
        { do: 'set', path: [...path, 'note'], value: value['note'] ?? '' },
        { focus: [...path, 'note'], isOpen: true },
      );
    },
    open: (isOpen, field) => {
      form.setOpen(path, isOpen);
      if (isOpen && field !== undefined) focusField(field);
    },
    key: (event) => rowKey(event, { form, row, actions, move }),
  };
  return actions;
}

/** The field of the part that was clicked, or the first one that stands around it. */
function focusField(field: string): void {
  globalThis.setTimeout(() => {
    const fields = [...globalThis.document.querySelectorAll<HTMLElement>('[data-field]')];
    const found = fields.filter((each) => field.startsWith(each.dataset['field'] ?? '-')).at(-1);
    found?.querySelector<HTMLElement>('input, textarea, select, button, .cm-content')?.focus();
  });
}

interface KeyUse {
  readonly form: RuleForm;
  readonly row: Row;
  readonly actions: RowActions;
  readonly move: (where: Move) => void;
}

function plainKey(event: KeyboardEvent, { form, row, actions }: KeyUse): boolean {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') focusRowBeside(event);
  else if (form.isFrozen) return false;
  else if (event.key === 'Delete' || event.key === 'Backspace') actions.remove();
  else if (event.key === 'd') actions.toggle();
  else if (event.key === 'a' || event.key === '/')
    form.add({ list: row.list, index: row.index + 1, role: row.role });
  else return false;
  return true;
}

function rowKey(event: KeyboardEvent, use: KeyUse): void {
  if (isComposing(event)) return;
  const isCommand = event.ctrlKey || event.metaKey;
  const move = moves[event.key];
  let isUsed = true;
  if (event.altKey && move !== undefined && !use.form.isFrozen) use.move(move);
  else if (isCommand && event.key === 'd' && !use.form.isFrozen) use.actions.duplicate();
  else if (isCommand && event.key === '/' && !use.form.isFrozen) use.actions.note();
  else isUsed = !isCommand && !event.altKey && plainKey(event, use);
  if (!isUsed) return;
  event.preventDefault();
  event.stopPropagation();
}

export function rowKeyOf(path: Path): string {
  return pathText(path);
}
