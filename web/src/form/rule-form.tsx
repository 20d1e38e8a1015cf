// The form of a rule: when, if, then as one column of steps. It changes the text by edits and keeps nothing of it.
import { type FocusEvent, lazy, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { KindsView, ProblemView } from '../api/types.ts';
import { type Edit, type Path, pathAfter, pathText, type Tree } from '../document/edit.ts';
import { EntryList } from './entry-list.tsx';
import { Field } from './fields/field.tsx';
import { type AddPlace, type EditOptions, type RuleForm as Form, FormContext } from './form-context.ts';
import type { Role } from './kinds.ts';
import type { Presents } from './present.ts';
import { Settings } from './settings.tsx';
import { useMarkedRow } from './use-marked-row.ts';
import { useSpeaker } from './use-speaker.ts';
import './rule-form.css';

const AddDialog = lazy(async () => ({ default: (await import('./add-dialog.tsx')).AddDialog }));

export interface RuleFormProps {
  readonly tree: Tree;
  readonly kinds: KindsView;
  readonly problems: readonly ProblemView[];
  readonly presents: Presents;
  readonly isFrozen: boolean;
  readonly onEdit: (edit: Edit, group: string) => void;
  /** Of these rows the first that there is, is marked and shown. */
  readonly marked?: readonly string[] | undefined;
  /** A row has the focus. */
  readonly onRow?: ((path: string) => void) | undefined;
}

const draw: Form['draw'] = {
  list: (place) => <EntryList {...place} />,
  field: (place) => <Field {...place} />,
};

function focusAt(root: HTMLElement, path: string): void {
  const row = root.querySelector<HTMLElement>(`[data-row="${CSS.escape(path)}"] .entry-main`);
  const field = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
  const inside = field?.querySelector<HTMLElement>('input, textarea, select, .cm-content, button');
  (inside ?? row)?.focus();
}

function firstFieldOf(root: HTMLElement, path: string): string {
  const row = root.querySelector<HTMLElement>(`[data-row="${CSS.escape(path)}"]`);
  return row?.querySelector<HTMLElement>('.entry-body [data-field]')?.dataset['field'] ?? path;
}

/** Which rows are open; they stay so when they move. */
function useOpenRows() {
  const [rows, setRows] = useState<ReadonlyMap<string, Path>>(new Map());
  const setOpen = (path: Path, isOpen: boolean): void =>
    setRows((known) => {
      const next = new Map(known);
      if (isOpen) next.set(pathText(path), path);
      else next.delete(pathText(path));
      return next;
    });
  const follow = (edit: Edit): void =>
    setRows((known) => {
      const after = [...known.values()]
        .map((path) => pathAfter(path, edit))
        .filter((path) => path !== undefined);
      return new Map(after.map((path) => [pathText(path), path]));
    });
  return { open: useMemo(() => new Set(rows.keys()), [rows]), setOpen, follow };
}

interface Focus {
  readonly path: string;
  readonly isOpen: boolean;
}

/** Puts the focus somewhere once it is there. */
function useFocus(root: RefObject<HTMLElement | null>): (focus: Focus) => void {
  const [focus, setFocus] = useState<Focus>();
  useEffect(() => {
    if (!focus || !root.current) return;
    focusAt(root.current, focus.isOpen ? firstFieldOf(root.current, focus.path) : focus.path);
    setFocus(undefined);
  }, [root, focus]);
  return setFocus;
}

interface SectionProps {
  readonly entries: Role;
  readonly path: string;
  readonly title: string;
  readonly hint?: string;
}

function Section({ entries, path, title, hint }: SectionProps) {
  return (
    <section className="form-section" aria-labelledby={`form-${path}`}>
      <h2 id={`form-${path}`}>
        {title} {hint === undefined ? null : <span className="form-hint">{hint}</span>}
      </h2>
      {draw.list({ role: entries, path: [path] })}
    </section>
  );
}

export function RuleForm(props: RuleFormProps) {
  const { tree, kinds, problems, presents, isFrozen, onEdit } = props;
  const root = useRef<HTMLDivElement>(null);
  useMarkedRow(root, props.marked);
  const speaker = useSpeaker();
  const { open, setOpen, follow } = useOpenRows();
  const setFocus = useFocus(root);
  const [place, setPlace] = useState<AddPlace>();
  const { say } = speaker;
  const edit = (change: Edit, { group = '', focus: path, isOpen = false }: EditOptions = {}): void => {
    onEdit(change, group);
    follow(change);
    if (!path) return;
    const then = change.do === 'move' ? (pathAfter(path, change) ?? path) : path;
    if (isOpen) setOpen(then, true);
    setFocus({ path: pathText(then), isOpen });
  };
  const addEntry = (entry: unknown): void => {
    if (!place) return;
    const { list, index } = place;
    setPlace(undefined);
    edit({ do: 'insert', list, index, value: entry }, { focus: [...list, index], isOpen: true });
  };
  const tellRow = ({ target }: FocusEvent): void => {
    const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (row !== undefined) props.onRow?.(row);
  };
  const form: Form = {
    ...{ draw, tree, kinds, speaker, problems, presents, isFrozen },
    ...{ open, edit, setOpen, add: setPlace },
  };
  return (
    <FormContext value={form}>
      <div className="rule-form" ref={root} onFocusCapture={tellRow}>
        <Settings />
        {(['triggers', 'conditions', 'actions'] as const).map((role) => (
          <Section
            key={role}
            entries={role}
            title={say(`form.${role}`)}
            hint={say(`form.hint.${role}`)}
            path={role}
          />
        ))}
        {tree['finally'] === undefined ? null : (
          <Section entries="actions" title={say('form.finally')} path="finally" />
        )}
      </div>
      {place ? (
        <Suspense fallback={null}>
          <AddDialog place={place} onPick={addEntry} onClose={() => setPlace(undefined)} />
        </Suspense>
      ) : null}
    </FormContext>
  );
}
