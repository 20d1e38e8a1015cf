// What may be added: values of devices, found by name and pinyin, and topics, searched on the server.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DeviceView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { propertyName } from '../i18n/property-words.ts';
import { type Say, useWords } from '../i18n/use-words.ts';
import { type FindIn, find } from '../palette/match.ts';
import { usePinyin } from '../palette/use-pinyin.ts';

const mostHits = 40;

export interface Pick {
  readonly topic: string;
  /** Names of the path that is meant, the best first; empty when a person must choose. */
  readonly likely: readonly string[];
}

interface Hit extends Pick {
  readonly key: string;
  readonly name: string;
  readonly beside: string;
}

interface Search {
  readonly words: string;
  readonly byPinyin: FindIn | undefined;
}

function hitsAmong(devices: readonly DeviceView[], { words, byPinyin }: Search, say: Say): readonly Hit[] {
  const hits = devices.flatMap((device) =>
    device.properties.flatMap(({ id, short, topics, ...property }) => {
      const topic = topics?.[0];
      if (topic === undefined || property.kind === 'json' || device.hidden) return [];
      const name = `${device.name} · ${propertyName(say, { id, ...property })}`;
      const beside = `${device.room ?? ''} ${device.id} ${id} ${topic}`;
      const found = find({ name, beside }, words, byPinyin);
      if (words !== '' && found === undefined) return [];
      const likely = [id, ...(short === undefined ? [] : [short])];
      return [
        {
          key: `${device.id} ${id}`,
          name,
          beside: device.room ?? topic,
          topic,
          likely,
          rank: found?.rank ?? 9,
        },
      ];
    }),
  );
  return hits.toSorted((a, b) => a.rank - b.rank).slice(0, mostHits);
}

function useTopicHits(words: string): readonly Hit[] {
  const { api } = useHouse();
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSettled(words), 200);
    return () => globalThis.clearTimeout(timer);
  }, [words]);
  const { data = [] } = useQuery({
    queryKey: ['topics', 'search', settled],
    queryFn: async ({ signal }) => (await api.searchTopics(settled, signal)).items,
    placeholderData: keepPreviousData,
  });
  return data.slice(0, mostHits).map(({ topic, payload }) => ({
    key: topic,
    name: topic,
    beside: payload.slice(0, 60),
    topic,
    likely: [],
  }));
}

interface GroupProps {
  readonly title: string;
  readonly hits: readonly Hit[];
  readonly onPick: (pick: Pick) => void;
}

function Group({ title, hits, onPick }: GroupProps) {
  if (hits.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="picker-title">{title}</h3>
      <ul>
        {hits.map((hit) => (
          <li key={hit.key}>
            <button type="button" className="picker-hit" onClick={() => onPick(hit)}>
              <span>{hit.name}</span>
              <span className="dim">{hit.beside}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function PickerResults({
  words,
  onPick,
}: {
  readonly words: string;
  readonly onPick: (pick: Pick) => void;
}) {
  const { say } = useWords();
  const { data: devices = [] } = useDevices();
  const byPinyin = usePinyin(true);
  const [ofDevices, topics] = [hitsAmong(devices, { words, byPinyin }, say), useTopicHits(words)];
  if (ofDevices.length + topics.length === 0)
    return <p className="picker-none dim">{say('history.noMatch', { words })}</p>;
  return (
    <>
      <Group title={say('nav.devices')} hits={ofDevices} onPick={onPick} />
      <Group title={say('nav.topics')} hits={topics} onPick={onPick} />
    </>
  );
}
