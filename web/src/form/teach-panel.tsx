// «Press the button now»: listens to the house and offers what was just said as a trigger.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';
import { plainText } from '../sentence/part.ts';
import { triggerSentence } from '../sentence/trigger.ts';
import { useForm } from './form-context.ts';
import { type Heard, ranked, triggerFrom } from './news.ts';
import './pick-list.css';

const shown = 8;
const mostTopics = 500;

function hear(known: ReadonlyMap<string, Heard>, views: readonly TopicView[]): ReadonlyMap<string, Heard> {
  const next = new Map(known);
  for (const view of views) {
    const last = next.get(view.topic);
    next.delete(view.topic);
    next.set(view.topic, { view, before: last?.view.payload, count: (last?.count ?? 0) + 1 });
  }
  return new Map([...next].slice(-mostTopics));
}

export interface TeachPanelProps {
  readonly onPick: (entry: unknown) => void;
  readonly onBack: () => void;
}

export function TeachPanel({ onPick, onBack }: TeachPanelProps) {
  const { speaker } = useForm();
  const { ticker } = useHouse();
  const [heard, setHeard] = useState<ReadonlyMap<string, Heard>>(new Map());
  const [now, setNow] = useState(() => ticker.now());
  useLive({ channel: 'topics', items: (views) => setHeard((known) => hear(known, views)) });
  useEffect(() => {
    const timer = globalThis.setInterval(() => setNow(ticker.now()), 500);
    return () => globalThis.clearInterval(timer);
  }, [ticker]);
  const items = ranked([...heard.values()], now)
    .slice(0, shown)
    .map((each) => {
      const entry = triggerFrom(each);
      const title = plainText(triggerSentence(speaker, entry, []));
      return { key: each.view.topic, title, detail: each.view.payload.slice(0, 60), entry };
    });
  return (
    <>
      <p className="teach-wait" role="status">
        {speaker.say(items.length === 0 ? 'form.teach.wait' : 'form.teach.pick')}
      </p>
      <ul className="pick-list" aria-label={speaker.say('form.teach')}>
        {items.map(({ key, title, detail, entry }) => (
          <li key={key}>
            <button type="button" className="pick-item" onClick={() => onPick(entry)}>
              <span className="pick-title">{title}</span>
              <span className="pick-detail">{detail}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={onBack}>
        {speaker.say('form.back')}
      </Button>
    </>
  );
}
