// A list of steps, one row below the other, with a place for the next one.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { listOf, type Path, pathText, valueAt } from '../document/edit.ts';
import { EntryRow } from './entry-row.tsx';
import { type ListPlace, useForm } from './form-context.ts';

/** One entry alone stands for a list of one. */
export function entryPath(list: Path, raw: unknown, index: number): Path {
  return Array.isArray(raw) ? [...list, index] : list;
}

/** Blocks around a list: behind the third it goes no further in. */
export function depthOf(list: Path): number {
  return list.filter((key) => typeof key === 'number').length;
}

const deepest = 3;

function Trail({ path }: { readonly path: Path }) {
  const { speaker } = useForm();
  const steps = path.flatMap((key, at) =>
    typeof key === 'number' && typeof path[at - 1] === 'string' ? [key + 1] : [],
  );
  return <p className="entry-trail">{speaker.say('form.inside', { steps: steps.join(' › ') })}</p>;
}

export function EntryList({ role, path, label }: ListPlace) {
  const { tree, speaker, isFrozen, add } = useForm();
  const raw = valueAt(tree, path);
  const entries = listOf(raw);
  const depth = depthOf(path);
  const { say } = speaker;
  return (
    <div
      className="entry-list"
      data-depth={Math.min(depth, deepest)}
      data-list={pathText(path)}
      data-role={role}
    >
      {depth > deepest ? <Trail path={path} /> : null}
      {entries.length === 0 ? null : (
        <ol aria-label={label ?? say(`form.list.${role}`)}>
          {entries.map((_, index) => (
            <EntryRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place; what is open moves with it
              key={index}
              role={role}
              path={entryPath(path, raw, index)}
              list={path}
              index={index}
              count={entries.length}
            />
          ))}
        </ol>
      )}
      {isFrozen ? null : (
        <Button
          variant="subtle"
          className="entry-add"
          data-add={pathText(path)}
          leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />}
          onClick={() => add({ list: path, index: entries.length, role })}
        >
          {say(`form.add.${role}`)}
        </Button>
      )}
    </div>
  );
}
