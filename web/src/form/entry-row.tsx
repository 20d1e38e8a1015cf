// One step: its sentence, what is wrong with it, and its fields when it is open. Everything has a key.
import { ActionIcon } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconChevronRight,
  IconGripVertical,
  IconPlus,
} from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, useId } from 'react';
import type { ProblemView } from '../api/types.ts';
import { isTree, type Path, pathText, valueAt } from '../document/edit.ts';
import { actionSentence } from '../sentence/action.ts';
import { conditionSentence } from '../sentence/condition.ts';
import { triggerSentence } from '../sentence/trigger.ts';
import { EntryBlocks } from './entry-blocks.tsx';
import { EntryFields } from './entry-fields.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { ConditionField, groupOf } from './fields/condition-field.tsx';
import { ValueField } from './fields/plain-fields.tsx';
import { useForm } from './form-context.ts';
import { kindOf, type Role } from './kinds.ts';
import { PresentMark } from './present-mark.tsx';
import { SentenceView } from './sentence-view.tsx';
import { useDrag } from './use-drag.ts';
import { useRowActions } from './use-row-actions.ts';
import './entry.css';

export interface EntryRowProps {
  readonly role: Role;
  readonly path: Path;
  readonly list: Path;
  readonly index: number;
  readonly count: number;
}

const sentences = {
  triggers: triggerSentence,
  conditions: conditionSentence,
  actions: actionSentence,
} as const;
const valueOption = { name: 'value', field: 'value', required: true, many: false } as const;
const conditionOption = { name: 'condition', field: 'condition', required: true, many: false } as const;

function problemsAt(problems: readonly ProblemView[], path: Path): readonly ProblemView[] {
  const start = pathText(path);
  return problems.filter((problem) => {
    const rest = problem.path.startsWith(start) ? problem.path.slice(start.length) : undefined;
    // What stands further in is shown at its own row.
    return rest !== undefined && (rest === '' || /^[.[]/.test(rest)) && !/\[\d+\]/.test(rest);
  });
}

function Problems({ problems }: { readonly problems: readonly ProblemView[] }) {
  return (
    <ul className="entry-problems">
      {problems.map(({ severity, message, code, path }) => {
        const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
        return (
          <li key={`${path} ${code} ${message}`} data-severity={severity}>
            <Icon size={15} stroke={1.8} aria-hidden />
            <span>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Body({ role, path }: Pick<EntryRowProps, 'role' | 'path'>) {
  const { tree, kinds, speaker, edit } = useForm();
  const value = valueAt(tree, path);
  const kind = role === 'conditions' ? undefined : kindOf(kinds[role], value);
  if (kind) return <EntryFields kind={kind} path={path} />;
  const onChange = (next: unknown): void => edit({ do: 'set', path, value: next }, { group: pathText(path) });
  const isCondition = role === 'conditions' && groupOf(value, path) === undefined;
  const label = speaker.say(isCondition ? 'field.condition' : 'field.value');
  return (
    <div className="entry-fields">
      <div className="entry-field" data-field={pathText(path)}>
        {isCondition ? (
          <ConditionField
            option={conditionOption}
            value={value}
            path={path}
            label={label}
            onChange={onChange}
          />
        ) : role === 'conditions' ? null : (
          <ValueField option={valueOption} value={value} path={path} label={label} onChange={onChange} />
        )}
      </div>
    </div>
  );
}

function Inside({ role, path }: Pick<EntryRowProps, 'role' | 'path'>) {
  const { tree, kinds, draw } = useForm();
  const value = valueAt(tree, path);
  if (role === 'actions') {
    const kind = kindOf(kinds.actions, value);
    return kind ? <EntryBlocks kind={kind} path={path} /> : null;
  }
  const group = role === 'conditions' ? groupOf(value, path) : undefined;
  return group ? <div className="entry-blocks">{draw.list({ role, path: group })}</div> : null;
}

/** They wait for something that leaves nothing to look at. */
const momentary = ['button', 'event', 'webhook', 'startup', 'shutdown', 'rule', 'client'];

/** Of an action only that which asks something: `if`. */
function presentPath({ role, path }: EntryRowProps, value: unknown): string | undefined {
  if (role === 'triggers' && isTree(value) && momentary.some((verb) => Object.hasOwn(value, verb)))
    return undefined;
  if (role !== 'actions') return pathText(path);
  return isTree(value) && value['if'] !== undefined ? pathText([...path, 'if']) : undefined;
}

function titleOf(props: EntryRowProps, form: ReturnType<typeof useForm>) {
  const { role, path } = props;
  const value = valueAt(form.tree, path);
  const group = role === 'conditions' && isTree(value) ? groupOf(value, path)?.at(-1) : undefined;
  const isGroup = group === 'all' || group === 'any' || group === 'not';
  return isGroup
    ? [{ text: form.speaker.say(`group.${group}`) }]
    : sentences[role](form.speaker, value, path);
}

function chipOf(event: MouseEvent): string | undefined {
  const part = event.target instanceof Element ? event.target.closest('[data-at]') : null;
  return part?.getAttribute('data-at') ?? undefined;
}

function HeadTools({
  row,
  actions,
}: {
  readonly row: EntryRowProps;
  readonly actions: ReturnType<typeof useRowActions>;
}) {
  const { speaker, isFrozen, add } = useForm();
  if (isFrozen) return null;
  return (
    <>
      <ActionIcon
        className="entry-between"
        variant="subtle"
        aria-label={speaker.say('form.addBelow')}
        onClick={() => add({ list: row.list, index: row.index + 1, role: row.role })}
      >
        <IconPlus size={16} stroke={1.9} />
      </ActionIcon>
      <EntryMenu row={row} actions={actions} />
    </>
  );
}

export function EntryRow(row: EntryRowProps) {
  const form = useForm();
  const { path } = row;
  const id = useId();
  const actions = useRowActions(row);
  const drag = useDrag(row);
  const key = pathText(path);
  const isOpen = form.open.has(key);
  const value = valueAt(form.tree, path);
  const isOff = isTree(value) && value['enabled'] === false;
  const note = isTree(value) && typeof value['note'] === 'string' ? value['note'] : undefined;
  const problems = problemsAt(form.problems, path);
  const present = isOff ? undefined : presentPath(row, value);
  const onKeyDown = (event: KeyboardEvent): void => actions.key(event);
  return (
    <li className="entry" data-row={key} data-off={isOff} data-open={isOpen}>
      <div className="entry-head">
        {form.isFrozen ? null : (
          <span className="entry-handle" {...drag} aria-hidden="true">
            <IconGripVertical size={16} stroke={1.8} />
          </span>
        )}
        <button
          type="button"
          className="entry-main"
          aria-expanded={isOpen}
          aria-controls={`${id}-body`}
          {...(present === undefined ? {} : { 'aria-describedby': `${id}-now` })}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Delete D A"
          onKeyDown={onKeyDown}
          onClick={(event) => actions.open(!isOpen || chipOf(event) !== undefined, chipOf(event))}
        >
          <IconChevronRight className="entry-chevron" size={15} stroke={2} aria-hidden />
          <SentenceView sentence={titleOf(row, form)} />
          {isOff ? <span className="entry-tag">{form.speaker.say('form.off')}</span> : null}
        </button>
        {present === undefined ? null : <PresentMark id={`${id}-now`} entry={form.presents.get(present)} />}
        <HeadTools row={row} actions={actions} />
      </div>
      {note === undefined || isOpen ? null : <p className="entry-note">{note}</p>}
      {problems.length === 0 ? null : <Problems problems={problems} />}
      <div id={`${id}-body`} className="entry-body" hidden={!isOpen}>
        {isOpen ? <Body role={row.role} path={path} /> : null}
      </div>
      <Inside role={row.role} path={path} />
    </li>
  );
}
