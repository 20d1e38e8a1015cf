// One value inside a payload: its path for expressions, its past, and the way to a rule about it.
import { NativeSelect } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { TopicView } from '../api/types.ts';
import { inline, parsePayload } from '../base/json.ts';
import { jsonataOf, type Leaf, leavesOf, seriesPathOf } from '../base/leaves.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { ValueChart } from './value-chart.tsx';
import './value-tools.css';

function hasPast({ value }: Leaf): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

export interface ValueToolsProps {
  readonly view: TopicView;
  /** The path of the chosen value, as the address has it. */
  readonly chosen: string | undefined;
  readonly onChoose: (path: string) => void;
}

export function ValueTools({ view, chosen, onChoose }: ValueToolsProps) {
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const leaves = view.binary || view.payload === '' ? [] : leavesOf(parsePayload(view.payload));
  const leaf = leaves.find(({ parts }) => jsonataOf(parts) === chosen) ?? leaves.find(hasPast) ?? leaves[0];
  if (leaf === undefined) return null;
  const path = jsonataOf(leaf.parts);
  return (
    <div className="value-tools">
      <div className="value-line">
        <NativeSelect
          className="value-choice"
          label={say('topics.value')}
          value={path}
          onChange={(event) => onChoose(event.currentTarget.value)}
          data={leaves.map(({ parts, value }) => ({
            value: jsonataOf(parts),
            label: `${jsonataOf(parts)} = ${inline(value, 40)}`,
          }))}
        />
        <CopyButton text={path} />
        {mayEdit ? (
          <LinkButton
            to="/rules/new"
            search={{ from: view.topic, at: path }}
            variant="default"
            leftSection={<IconBolt size={16} stroke={1.8} aria-hidden />}
          >
            {say('topics.value.rule')}
          </LinkButton>
        ) : null}
      </div>
      {hasPast(leaf) ? <ValueChart topic={view.topic} path={seriesPathOf(leaf.parts)} name={path} /> : null}
    </div>
  );
}
