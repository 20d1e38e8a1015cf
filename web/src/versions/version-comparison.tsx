// Two versions of a rule compared: in sentences and as text, below each other or side by side.
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { RuleVersionView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ChangedLines, SideBySide } from './changed-lines.tsx';
import { LostVersion } from './lost-version.tsx';
import { type Changes, useChanges } from './use-changes.ts';
import { useVersionText } from './use-versions.ts';

const viewKey = 'homerule.versions-view';
const views = ['unified', 'sides'] as const;
type View = (typeof views)[number];

function useView(): readonly [view: View, change: (view: string) => void] {
  const { storage } = useHouse();
  const named = (text: string | null): View => views.find((view) => view === text) ?? 'unified';
  const [view, setView] = useState(() => named(storage.getItem(viewKey)));
  const change = (next: string): void => {
    storage.setItem(viewKey, next);
    setView(named(next));
  };
  return [view, change];
}

export interface VersionComparisonProps {
  readonly versions: readonly RuleVersionView[];
  readonly shown: RuleVersionView;
  /** What it is compared with; undefined when it is the only one. */
  readonly against: number | undefined;
  readonly onAgainst: (version: number) => void;
  /** Undefined for the version in force, and for who may not. */
  readonly onRestore: (() => void) | undefined;
}

function Head({ shown, onRestore }: Pick<VersionComparisonProps, 'shown' | 'onRestore'>) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const by = shown.author || say('versions.nobody');
  return (
    <header className="version-head">
      <div>
        <h2>{say('versions.nth', { version: shown.version })}</h2>
        <p className="dim">
          {formatMoment(language, shown.savedAt, ticker.now())} · {by}
          {shown.note === '' ? '' : ` · ${shown.note}`}
        </p>
      </div>
      {onRestore ? (
        <Button
          variant="default"
          leftSection={<IconRestore size={17} stroke={1.8} aria-hidden />}
          onClick={onRestore}
        >
          {say('versions.restore')}
        </Button>
      ) : null}
    </header>
  );
}

function Tools(
  props: VersionComparisonProps & { readonly view: View; readonly onView: (view: string) => void },
) {
  const { versions, shown, against, onAgainst, view, onView } = props;
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const others = versions.filter(({ version }) => version !== shown.version);
  return (
    <div className="version-tools">
      <NativeSelect
        label={say('versions.against')}
        value={String(against ?? '')}
        onChange={(event) => onAgainst(Number(event.currentTarget.value))}
        data={others.map(({ version, savedAt }) => ({
          value: String(version),
          label: `${say('versions.nth', { version })} · ${formatMoment(language, savedAt, ticker.now())}`,
        }))}
      />
      <SegmentedControl
        className="version-view"
        aria-label={say('versions.view')}
        value={view}
        data={views.map((each) => ({ value: each, label: say(`versions.view.${each}`) }))}
        onChange={onView}
      />
    </div>
  );
}

interface BodyProps {
  readonly rule: string;
  readonly from: number | undefined;
  readonly to: number;
  readonly view: View;
}

/** With nothing before it the whole of it is new. */
function Body({ rule, from, to, view }: BodyProps) {
  const { say } = useWords();
  const before = useVersionText(rule, from);
  const after = useVersionText(rule, to);
  const changes = useChanges(before.data ?? '', after.data ?? '');
  if (before.error ?? after.error) {
    return <LostVersion />;
  }
  if (after.data === undefined || (from !== undefined && before.data === undefined)) return <Waiting />;
  const lines = (these: Changes): ReactNode =>
    view === 'sides' && from !== undefined ? (
      <SideBySide
        lines={these}
        before={say('versions.nth', { version: from })}
        after={say('versions.nth', { version: to })}
      />
    ) : (
      <ChangedLines lines={these} />
    );
  return (
    <>
      <h3>{say('versions.sentences')}</h3>
      {changes.sentences.length > 0 ? (
        lines(changes.sentences)
      ) : (
        <p className="dim">{say(changes.text.length > 0 ? 'apply.sameMeaning' : 'versions.same')}</p>
      )}
      {changes.text.length > 0 ? (
        <>
          <h3>{say('apply.text')}</h3>
          <div className="version-text">{lines(changes.text)}</div>
        </>
      ) : null}
    </>
  );
}

export function VersionComparison(props: VersionComparisonProps) {
  const { versions, shown, against, onRestore } = props;
  const [view, changeView] = useView();
  return (
    <article className="version-comparison card">
      <Head shown={shown} onRestore={onRestore} />
      {versions.length > 1 ? <Tools {...props} view={view} onView={changeView} /> : null}
      <Body rule={shown.rule} from={against} to={shown.version} view={view} />
    </article>
  );
}
