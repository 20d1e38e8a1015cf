// Narrows the list: words, a room, a label. What is chosen stands in the address.
import { NativeSelect } from '@mantine/core';
import type { DeviceView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { SearchBox } from '../parts/search-box.tsx';
import { choicesOf, type DeviceFilter } from './device-facts.ts';

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly choices: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

function Choice({ label, all, choices, value = '', onChange }: ChoiceProps) {
  if (choices.length === 0) return null;
  return (
    <NativeSelect
      className="devices-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: all }, ...choices.map((choice) => ({ value: choice, label: choice }))]}
    />
  );
}

export interface DeviceFiltersProps {
  readonly devices: readonly DeviceView[];
  readonly filter: DeviceFilter;
  readonly onFilter: (filter: DeviceFilter) => void;
}

export function DeviceFilters({ devices, filter, onFilter }: DeviceFiltersProps) {
  const { say, language } = useWords();
  const { q, room, label } = filter;
  const take = (change: DeviceFilter): void => {
    const wanted = Object.entries({ q, room, label, ...change }).filter(([, value]) => value);
    onFilter(Object.fromEntries(wanted));
  };
  return (
    <div className="devices-filters">
      <SearchBox
        className="devices-search"
        words={q ?? ''}
        label={say('devices.search')}
        clearLabel={say('devices.search.clear')}
        onSearch={(words) => take({ q: words })}
      />
      <Choice
        label={say('device.room')}
        all={say('devices.allRooms')}
        choices={choicesOf([...devices.map((device) => device.room), room], language)}
        value={room}
        onChange={(value) => take({ room: value })}
      />
      <Choice
        label={say('devices.label')}
        all={say('devices.allLabels')}
        choices={choicesOf([...devices.flatMap(({ labels }) => labels), label], language)}
        value={label}
        onChange={(value) => take({ label: value })}
      />
    </div>
  );
}
