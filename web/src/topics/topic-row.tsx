// One line of the tree; renders again only when its own topic changed.
import { IconChevronRight, IconPin } from '@tabler/icons-react';
import { type MouseEvent, memo, useSyncExternalStore } from 'react';
import type { TopicNode } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import type { TopicTree, TreeRow } from './topic-tree.ts';

const longestPreview = 120;

interface PreviewProps {
  readonly node: TopicNode;
  /** Messages a second, on it and below. */
  readonly rate: number | undefined;
}

/** Below one in a hundred seconds it is quiet. */
function Rate({ rate = 0 }: Pick<PreviewProps, 'rate'>) {
  const { say, language } = useWords();
  if (rate < 0.01) return null;
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(rate);
  return <span className="topic-row-rate number">{say('topics.rate', { rate: number })}</span>;
}

function Preview({ node, rate }: PreviewProps) {
  const { say, language } = useWords();
  if (!node.value) {
    return (
      <>
        <span className="topic-row-value dim">{say('topics.below', { count: node.below })}</span>
        <Rate rate={rate} />
      </>
    );
  }
  const { payload, at, binary, retained } = node.value;
  return (
    <>
      <span className="topic-row-value code" key={at}>
        {payload === '' ? '∅' : binary ? '0x…' : payload.slice(0, longestPreview)}
      </span>
      {retained ? (
        <span className="topic-row-retained" title={say('topics.retained.yes')}>
          <IconPin size={13} stroke={1.9} aria-hidden />
          <span className="sr-only">{say('topics.retained')}</span>
        </span>
      ) : null}
      <Rate rate={rate} />
      <span className="topic-row-count number dim">{formatCount(language, node.messages)}</span>
    </>
  );
}

/** The chevron is part of the row, so that the whole row stays one thing for the keyboard and screen readers. */
function hitsChevron(event: MouseEvent<HTMLElement>): boolean {
  return event.target instanceof Element && event.target.closest('.topic-row-chevron') !== null;
}

export interface TopicRowProps {
  readonly tree: TopicTree;
  readonly row: TreeRow;
  readonly id: string;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onChoose: (row: TreeRow) => void;
  readonly onToggle: (topic: string) => void;
}

export const TopicRow = memo(function TopicRow(props: TopicRowProps) {
  const { tree, row, id, top, isSelected, isActive, onChoose, onToggle } = props;
  const node = useSyncExternalStore(
    (changed) => tree.watch(row.topic, changed),
    () => tree.find(row.topic),
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keyboard, this is only for pointers
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree, which names the active item
    <div
      role="treeitem"
      id={id}
      className="topic-row"
      style={{ top, paddingLeft: 8 + row.depth * 18 }}
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      {...(row.isBranch ? { 'aria-expanded': row.isOpen } : {})}
      data-active={isActive}
      onClick={(event) => (hitsChevron(event) && row.isBranch ? onToggle(row.topic) : onChoose(row))}
    >
      <span className="topic-row-chevron" data-open={row.isOpen} data-leaf={!row.isBranch}>
        <IconChevronRight size={16} stroke={2} aria-hidden />
      </span>
      <span className="topic-row-name">{row.name === '' ? '/' : row.name}</span>
      {node ? <Preview node={node} rate={tree.rateOf(row.topic)} /> : null}
    </div>
  );
});
