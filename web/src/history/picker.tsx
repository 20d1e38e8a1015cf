// Adds a value: first what it belongs to, then, where that says several things, which of them.
import { Button } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { SearchBox } from '../parts/search-box.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { type Pick, PickerResults } from './picker-results.tsx';
import { hasSeries, keyOf, type SeriesName } from './series.ts';
import './picker.css';

interface PathsProps {
  readonly pick: Pick;
  readonly chosen: readonly SeriesName[];
  readonly onAdd: (series: SeriesName) => void;
  readonly onBack: () => void;
}

/** The one that is meant, if it is clear. */
function meant(paths: readonly SeriesName[], likely: readonly string[]): SeriesName | undefined {
  if (paths.length === 1) return paths[0];
  const isLike = (path: string, name: string): boolean => path === name || path.endsWith(`.${name}`);
  return likely.map((name) => paths.find(({ path }) => isLike(path, name))).find((one) => one !== undefined);
}

function Paths({ pick, chosen, onAdd, onBack }: PathsProps) {
  const { say } = useWords();
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['history', 'series', pick.topic],
    queryFn: ({ signal }) => api.historySeries(pick.topic, signal),
  });
  const only = data && meant(data, pick.likely);
  useEffect(() => {
    if (only) onAdd(only);
  }, [only, onAdd]);
  if (!data || only) return <Waiting rows={3} />;
  return (
    <>
      <Button variant="subtle" leftSection={<IconChevronLeft size={18} aria-hidden />} onClick={onBack}>
        {pick.topic}
      </Button>
      {data.length === 0 ? <p className="picker-none dim">{say('history.noPast')}</p> : null}
      <ul>
        {data.map((series) => (
          <li key={keyOf(series)}>
            <button
              type="button"
              className="picker-hit"
              disabled={hasSeries(chosen, series)}
              onClick={() => onAdd(series)}
            >
              <span className="code">{series.path === '' ? say('history.payload') : series.path}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

export interface PickerProps {
  readonly chosen: readonly SeriesName[];
  readonly onAdd: (series: SeriesName) => void;
  readonly onClose: () => void;
}

export function Picker({ chosen, onAdd, onClose }: PickerProps) {
  const { say } = useWords();
  const [words, setWords] = useState('');
  const [pick, setPick] = useState<Pick>();
  return (
    <Sheet label={say('history.add')} className="picker" onClose={onClose}>
      <div className="picker-head">
        <SearchBox
          className="picker-search"
          words={words}
          label={say('history.find')}
          clearLabel={say('history.find.clear')}
          onSearch={(next) => {
            setWords(next);
            setPick(undefined);
          }}
        />
        <Button variant="default" onClick={onClose}>
          {say('app.close')}
        </Button>
      </div>
      <div className="picker-body">
        {pick ? (
          <Paths pick={pick} chosen={chosen} onAdd={onAdd} onBack={() => setPick(undefined)} />
        ) : (
          <PickerResults words={words} onPick={setPick} />
        )}
      </div>
    </Sheet>
  );
}
