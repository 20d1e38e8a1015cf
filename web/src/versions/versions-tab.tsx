// The past of a rule: every version that is kept, any two compared, and the way back.
import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleVersionView, RuleView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { LostVersion } from './lost-version.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { useVersions } from './use-versions.ts';
import { VersionComparison } from './version-comparison.tsx';
import { versionName, versionNamed } from './version-name.ts';
import { VersionRow } from './version-row.tsx';
import './versions.css';

/** The one before it, unless another one is asked for; the oldest with the one in force. */
function comparedWith(shown: RuleVersionView, asked: string | undefined, now: number): number | undefined {
  const wanted = versionNamed(asked);
  if (wanted !== undefined && wanted !== shown.version) return wanted;
  return shown.diff?.from ?? (shown.version === now ? undefined : now);
}

function BackToVersions({ id }: { readonly id: string }) {
  const { say } = useWords();
  return (
    <Link to="/rules/$id" params={{ id }} search={{ tab: 'versions' }} className="versions-back">
      <IconChevronLeft size={20} stroke={1.8} aria-hidden />
      {say('versions.back')}
    </Link>
  );
}

/** Stands in the address; empty: the newest, and what it changed. */
export interface VersionChoice {
  readonly version?: string;
  readonly against?: string;
}

export interface VersionsTabProps {
  readonly rule: RuleView;
  readonly hasDraft: boolean;
  readonly choice: VersionChoice;
  readonly onChoose: (choice: VersionChoice) => void;
}

export function VersionsTab({ rule, hasDraft, choice, onChoose }: VersionsTabProps) {
  const { say } = useWords();
  const { version: chosen, against } = choice;
  const mayEdit = useMay('edit');
  const [restored, setRestored] = useState<number>();
  const { data, error, refetch } = useVersions(rule);
  if (!data) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting rows={5} />;
  const wanted = versionNamed(chosen) ?? data[0]?.version;
  const shown = data.find(({ version }) => version === wanted);
  const mayRestore = mayEdit && shown !== undefined && shown.version !== rule.version;
  return (
    <div className="versions" data-chosen={chosen !== undefined}>
      <ul className="version-list card" aria-label={say('versions.list')}>
        {data.map((one) => (
          <VersionRow
            key={one.version}
            version={one}
            isInForce={one.version === rule.version}
            isCurrent={one === shown}
          />
        ))}
      </ul>
      <div className="versions-shown">
        {chosen === undefined ? null : <BackToVersions id={rule.id} />}
        {shown ? (
          <VersionComparison
            versions={data}
            shown={shown}
            against={comparedWith(shown, against, rule.version)}
            onAgainst={(other) =>
              onChoose({ version: versionName(shown.version), against: versionName(other) })
            }
            onRestore={mayRestore ? () => setRestored(shown.version) : undefined}
          />
        ) : (
          <LostVersion />
        )}
      </div>
      {restored === undefined ? null : (
        <RestoreDialog
          rule={rule}
          version={restored}
          hasDraft={hasDraft}
          onClose={() => setRestored(undefined)}
          onRestored={() => {
            setRestored(undefined);
            onChoose({});
          }}
        />
      )}
    </div>
  );
}
