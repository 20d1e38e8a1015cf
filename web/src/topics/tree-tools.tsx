// Above the tree: hold it still, and bring the noisiest to the top.
import { IconFlame, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import type { TopicTree } from './topic-tree.ts';
import './tree-tools.css';

export interface TreeToolsProps {
  readonly tree: TopicTree;
  readonly isPaused: boolean;
  readonly missed: number;
}

export function TreeTools({ tree, isPaused, missed }: TreeToolsProps) {
  const { say, language } = useWords();
  const [isByRate, setByRate] = useState(false);
  return (
    <div className="tree-tools">
      <button
        type="button"
        className="tree-tool"
        aria-pressed={isPaused}
        onClick={() => tree.setPaused(!isPaused)}
      >
        {isPaused ? (
          <IconPlayerPlay size={16} stroke={1.8} aria-hidden />
        ) : (
          <IconPlayerPause size={16} stroke={1.8} aria-hidden />
        )}
        {say(isPaused ? 'topics.goOn' : 'topics.pause')}
        {isPaused ? <span className="number tree-missed">+{formatCount(language, missed)}</span> : null}
      </button>
      <button
        type="button"
        className="tree-tool"
        aria-pressed={isByRate}
        onClick={() => {
          tree.setOrder(isByRate ? 'name' : 'rate');
          setByRate(!isByRate);
        }}
      >
        <IconFlame size={16} stroke={1.8} aria-hidden />
        {say('topics.busiest')}
      </button>
    </div>
  );
}
