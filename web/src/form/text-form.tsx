// The form over a text: reads it as a tree, and turns edits of the form into the smallest change of the text.
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProblemView } from '../api/types.ts';
import { applyEdit, valueIn } from '../document/apply-edit.ts';
import { type Edit, isTree, type Tree } from '../document/edit.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { usePresent } from './present.ts';
import { RuleForm } from './rule-form.tsx';
import { useKinds } from './use-kinds.ts';

export interface TextFormProps {
  readonly text: string;
  readonly problems: readonly ProblemView[];
  readonly mayEdit: boolean;
  readonly onChange: (text: string, group: string) => void;
  readonly marked?: readonly string[] | undefined;
  readonly onRow?: (path: string) => void;
}

/** Undefined: no YAML, or no rule at all. */
function treeOf(text: string): Tree | undefined {
  const value = valueIn(text)?.value;
  return isTree(value) ? value : undefined;
}

interface Read {
  readonly text: string;
  /** The last good one. */
  readonly tree: Tree;
  readonly isBroken: boolean;
}

function read(text: string, last: Tree): Read {
  const tree = treeOf(text);
  return { text, tree: tree ?? last, isBroken: tree === undefined };
}

export function TextForm({ text, problems, mayEdit, onChange, marked, onRow }: TextFormProps) {
  const { say } = useWords();
  const kinds = useKinds();
  const presents = usePresent(text, mayEdit);
  const [shown, setShown] = useState(() => read(text, {}));
  const current = shown.text === text ? shown : read(text, shown.tree);
  if (current !== shown) setShown(current);
  if (!kinds) return <Waiting rows={4} />;
  const edit = (change: Edit, group: string): void => {
    const next = applyEdit(text, change);
    if (next !== undefined) onChange(next, group);
  };
  return (
    <>
      {current.isBroken ? (
        <p className="form-broken" role="status">
          <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
          {say('form.broken')}
        </p>
      ) : null}
      <RuleForm
        tree={current.tree}
        kinds={kinds}
        problems={problems}
        presents={presents}
        isFrozen={current.isBroken || !mayEdit}
        onEdit={edit}
        marked={marked}
        onRow={onRow}
      />
    </>
  );
}
