// The steps inside a step: branches, loops, what runs at the same time.
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { KindFacts, KindOption } from '../api/types.ts';
import { listOf, type Path, valueAt } from '../document/edit.ts';
import { ConditionField } from './fields/condition-field.tsx';
import { useForm } from './form-context.ts';
import { newBranch } from './kinds.ts';
import { blockLabel } from './option-words.ts';

interface BlockProps {
  readonly option: KindOption;
  readonly path: Path;
}

function Actions({ option, path }: BlockProps) {
  const { draw, tree, edit, speaker, isFrozen } = useForm();
  const value = valueAt(tree, path);
  const label = blockLabel(speaker.say, option.name);
  if (value === undefined && !option.required && option.name !== 'then') {
    return isFrozen ? null : (
      <Button
        variant="subtle"
        size="compact-sm"
        className="field-more"
        onClick={() => edit({ do: 'set', path, value: [] })}
      >
        + {label}
      </Button>
    );
  }
  return (
    <div className="entry-block">
      <p className="entry-block-title">{label}</p>
      {draw.list({ role: 'actions', path, label })}
    </div>
  );
}

function RemoveBlock({ path }: { readonly path: Path }) {
  const { edit, speaker, isFrozen } = useForm();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      disabled={isFrozen}
      aria-label={speaker.say('form.removeBranch')}
      onClick={() => edit({ do: 'remove', path })}
    >
      <IconX size={17} stroke={1.8} />
    </ActionIcon>
  );
}

function Branches({ option, path }: BlockProps) {
  const { draw, tree, edit, speaker, isFrozen } = useForm();
  const branches = listOf(valueAt(tree, path));
  const isChoice = option.field === 'branches';
  return (
    <>
      {branches.map((_, index) => {
        const branch = [...path, index];
        const label = speaker.say('form.branch', { number: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a branch is known by its place
          <div className="entry-block" key={index}>
            <div className="entry-block-head">
              <p className="entry-block-title">{label}</p>
              {branches.length > 1 && !isFrozen ? <RemoveBlock path={branch} /> : null}
            </div>
            {isChoice ? <BranchCondition option={option} path={[...branch, 'when']} /> : null}
            {draw.list({ role: 'actions', path: isChoice ? [...branch, 'then'] : branch, label })}
          </div>
        );
      })}
      {isFrozen ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          className="field-more"
          onClick={() =>
            edit({ do: 'insert', list: path, index: branches.length, value: isChoice ? newBranch() : [] })
          }
        >
          + {speaker.say('form.addBranch')}
        </Button>
      )}
    </>
  );
}

function BranchCondition({ option, path }: BlockProps) {
  const { tree, edit, speaker } = useForm();
  return (
    <ConditionField
      option={option}
      path={path}
      value={valueAt(tree, path)}
      label={speaker.say('field.when')}
      onChange={(value) => edit({ do: 'set', path, value }, { group: path.join('.') })}
    />
  );
}

export function EntryBlocks({ kind, path }: { readonly kind: KindFacts; readonly path: Path }) {
  const blocks = kind.options.filter(({ field }) => ['actions', 'branches', 'lists'].includes(field));
  if (blocks.length === 0) return null;
  return (
    <div className="entry-blocks">
      {blocks.map((option) =>
        option.field === 'actions' ? (
          <Actions key={option.name} option={option} path={[...path, option.name]} />
        ) : (
          <Branches key={option.name} option={option} path={[...path, option.name]} />
        ),
      )}
    </div>
  );
}
