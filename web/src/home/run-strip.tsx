// The runs of the last 24 hours as a strip: what was done, what was not, what failed.
import type { RunSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useTickingText } from '../parts/age.tsx';
import { type Hour, hoursOf } from './hours.ts';
import './run-strip.css';

const kinds = ['failed', 'not', 'did'] as const;
const height = 64;

function sum(hours: readonly Hour[], kind: (typeof kinds)[number]): number {
  return hours.reduce((total, hour) => total + hour[kind], 0);
}

function Bar({ hour, most }: { readonly hour: Hour; readonly most: number }) {
  const { language } = useWords();
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  return (
    <span className="strip-hour" title={clock.format(hour.at)}>
      {kinds.map((kind) =>
        hour[kind] === 0 ? null : (
          <span
            key={kind}
            className="strip-part"
            data-kind={kind}
            style={{ height: Math.max(3, (hour[kind] / most) * height) }}
          />
        ),
      )}
    </span>
  );
}

export function RunStrip({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  // Renders again when the hour changes.
  useTickingText(() => String(Math.floor(ticker.now() / 3_600_000)));
  const hours = hoursOf(runs, ticker.now());
  const most = Math.max(1, ...hours.map(({ did, not, failed }) => did + not + failed));
  const counts = kinds.map((kind) => ({ kind, count: sum(hours, kind) })).toReversed();
  return (
    <section aria-label={say('home.day')}>
      <div className="home-head">
        <h2 className="home-title">{say('home.day')}</h2>
      </div>
      <div className="strip card">
        <div className="strip-hours" aria-hidden="true">
          {hours.map((hour) => (
            <Bar key={hour.at} hour={hour} most={most} />
          ))}
        </div>
        <p className="strip-counts">
          {counts.map(({ kind, count }) => (
            <span key={kind} className="strip-count">
              <span className="strip-dot" data-kind={kind} aria-hidden="true" />
              {say(`home.day.${kind}`, { count: formatCount(language, count) })}
            </span>
          ))}
        </p>
      </div>
    </section>
  );
}
