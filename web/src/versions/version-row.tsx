// One version in the list: which, whether it is in force, why it was made, by whom and when, how much it changed.
import { Link } from '@tanstack/react-router';
import type { RuleVersionView } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Tag } from '../parts/tag.tsx';
import { versionName } from './version-name.ts';

export interface VersionRowProps {
  readonly version: RuleVersionView;
  readonly isInForce: boolean;
  readonly isCurrent: boolean;
}

function Size({ text }: { readonly text: string }) {
  const { say, language } = useWords();
  const lines = text.split('\n');
  const count = (sign: string): string =>
    formatCount(language, lines.filter((line) => line.startsWith(sign)).length);
  const [added, removed] = [count('+'), count('-')];
  return (
    <span className="version-row-size number" title={say('versions.size', { added, removed })}>
      <span aria-hidden="true">
        +{added} −{removed}
      </span>
      <span className="sr-only">{say('versions.size', { added, removed })}</span>
    </span>
  );
}

export function VersionRow({ version, isInForce, isCurrent }: VersionRowProps) {
  const { say } = useWords();
  const { rule, note, author, savedAt, diff } = version;
  const by = author || say('versions.nobody');
  return (
    <li>
      <Link
        to="/rules/$id"
        params={{ id: rule }}
        search={{ tab: 'versions', version: versionName(version.version) }}
        className="version-row"
        data-current={isCurrent}
        aria-current={isCurrent ? 'true' : undefined}
        replace={isCurrent}
        resetScroll={false}
      >
        <span className="version-row-line">
          <strong className="number">{say('versions.nth', { version: version.version })}</strong>
          {isInForce ? <Tag tone="accent">{say('versions.inForce')}</Tag> : null}
          <Age at={savedAt} className="dim version-row-age" />
        </span>
        {note === '' ? null : <span className="version-row-note">{note}</span>}
        <span className="version-row-line dim">
          <span className="version-row-author">{by}</span>
          {diff ? <Size text={diff.text} /> : <span>{say('versions.first')}</span>}
        </span>
      </Link>
    </li>
  );
}
