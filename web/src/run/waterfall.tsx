// The actions of a run as bars on one axis of time: when each began, how long it took.

import { stepWords } from '../i18n/code-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { type Fall, type FallRow, placeIn } from './fall.ts';
import './waterfall.css';

const mostRows = 60;
/** Narrower ones have no room for a word. */
const leastNamed = 0.12;

export interface WaterfallProps {
  readonly fall: Fall;
  /** What the rule says at a place. */
  readonly wordsAt: (path: string) => string | undefined;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}

function Bar({ row, fall, words }: { readonly row: FallRow; readonly fall: Fall; readonly words: string }) {
  const { say, language } = useWords();
  const { at, end, isOpen, hasFailed } = row;
  const left = placeIn(fall.spans, at);
  const width = placeIn(fall.spans, end) - left;
  const length = formatSpan(language, end - at);
  return (
    <li className="fall-row">
      <span className="fall-name">{words}</span>
      <span className="fall-lane" aria-hidden="true">
        {fall.spans.map(({ from, place, width: share, isBroken }) =>
          isBroken ? (
            <span key={from} className="fall-cut" style={{ left: percent(place), width: percent(share) }} />
          ) : null,
        )}
        <span
          className="fall-bar"
          data-failed={hasFailed}
          data-open={isOpen}
          style={{ left: percent(left), width: percent(width) }}
        />
      </span>
      <span className="fall-time number dim">
        <span className="sr-only">
          {say('trace.after', { time: formatSpan(language, at - fall.start) })},{' '}
        </span>
        {isOpen ? say('trace.stillWaits', { time: length }) : length}
      </span>
    </li>
  );
}

/** Cut stretches say how long they were; the others when they end. */
function Scale({ fall: { spans, start, end } }: Pick<WaterfallProps, 'fall'>) {
  const { language } = useWords();
  return (
    <div className="fall-scale number dim" aria-hidden="true">
      <span className="fall-ends">
        <span>0</span>
        <span>{formatSpan(language, end - start)}</span>
      </span>
      <span className="fall-cuts">
        {spans.map(({ from, to, place, width, isBroken }) =>
          isBroken && width >= leastNamed ? (
            <span key={from} style={{ left: percent(place), width: percent(width) }}>
              ⋯ {formatSpan(language, to - from)} ⋯
            </span>
          ) : null,
        )}
      </span>
    </div>
  );
}

export function Waterfall({ fall, wordsAt }: WaterfallProps) {
  const { say } = useWords();
  const { rows, spans } = fall;
  return (
    <>
      <ol className="fall">
        {rows.slice(0, mostRows).map((row, index) => (
          <Bar
            // biome-ignore lint/suspicious/noArrayIndexKey: a path comes again in loops; a trace only grows at its end
            key={index}
            row={row}
            fall={fall}
            words={wordsAt(row.path) ?? stepWords(say, row.verb)}
          />
        ))}
      </ol>
      <Scale fall={fall} />
      {rows.length > mostRows ? (
        <p className="fall-note dim">{say('trace.times.more', { count: rows.length - mostRows })}</p>
      ) : null}
      {spans.some(({ isBroken }) => isBroken) ? (
        <p className="fall-note dim">{say('trace.times.cut')}</p>
      ) : null}
    </>
  );
}
