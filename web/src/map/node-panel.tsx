// One node in words: what it is, what was found about it, what it hangs together with, and the ways to its page.
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FindingView } from '../api/types.ts';
import { adviceWords, foundWords } from '../i18n/fault-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { LinkButton } from '../parts/link-button.tsx';
import { ruleNode } from './graph.ts';
import { Ways, type WaysProps } from './ways.tsx';

export interface NodePanelProps extends WaysProps {
  readonly findings: readonly FindingView[];
  readonly isAround: boolean;
  readonly onAround: (isWanted: boolean) => void;
  readonly onClose: () => void;
}

function Findings({ node, findings }: Pick<NodePanelProps, 'node' | 'findings'>) {
  const { say } = useWords();
  const about = findings.filter(({ rules }) => rules.some((rule) => ruleNode(rule) === node.id));
  return about.map((finding) => (
    <div key={`${finding.code} ${finding.words}`} className="map-finding" data-severity={finding.severity}>
      <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
      <span>
        {foundWords(say, finding)}
        <span className="dim">{adviceWords(say, finding.code, finding.suggestion)}</span>
      </span>
    </div>
  ));
}

function OpenLink({ node: { kind, name } }: Pick<NodePanelProps, 'node'>) {
  const { say } = useWords();
  if (kind === 'rule')
    return (
      <LinkButton to="/rules/$id" params={{ id: name }}>
        {say('map.open.rule')}
      </LinkButton>
    );
  if (kind === 'device')
    return (
      <LinkButton to="/devices/$id" params={{ id: name }}>
        {say('map.open.device')}
      </LinkButton>
    );
  if (kind !== 'topic') return null;
  const isOne = !/[+#{}]/.test(name);
  return (
    <LinkButton to="/topics" search={isOne ? { topic: name } : { q: name.split(/[+#{}]/, 1)[0] ?? '' }}>
      {say('map.open.topic')}
    </LinkButton>
  );
}

export function NodePanel({ findings, isAround, onAround, onClose, ...ways }: NodePanelProps) {
  const { say } = useWords();
  const { node, nameOf } = ways;
  return (
    <aside className="map-side card" aria-label={nameOf(node)}>
      <header className="map-side-head">
        <div>
          <h2>{nameOf(node)}</h2>
          <p className="dim">
            {say(`map.kind.${node.kind}`)}
            {node.isOff ? ` · ${say('map.off')}` : ''}
            {nameOf(node) === node.name ? '' : ` · ${node.name}`}
          </p>
        </div>
        <CloseButton size="lg" aria-label={say('app.close')} onClick={onClose} />
      </header>
      <Findings node={node} findings={findings} />
      <div className="map-side-tools">
        <OpenLink node={node} />
        <Button variant="default" aria-pressed={isAround} onClick={() => onAround(!isAround)}>
          {say(isAround ? 'map.whole' : 'map.around')}
        </Button>
      </div>
      <Ways {...ways} />
    </aside>
  );
}
