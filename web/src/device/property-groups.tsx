// The properties of a device: what can be told, what is reported, then settings and diagnostics folded away.
import type { ReactNode } from 'react';
import type { DevicePropertyView, DeviceView } from '../api/types.ts';
import { useDeviceSet } from '../devices/use-device-set.ts';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { PropertyRow } from './property-row.tsx';

type Group = 'controls' | 'values' | 'setting' | 'diagnostic';

const titles: Readonly<Record<Group, TextKey>> = {
  controls: 'device.controls',
  values: 'device.values',
  setting: 'device.settings',
  diagnostic: 'device.diagnostics',
};
const groups: readonly Group[] = ['controls', 'values', 'setting', 'diagnostic'];

function groupOf({ category, commandable }: DevicePropertyView): Group {
  return category ?? (commandable ? 'controls' : 'values');
}

interface FoldProps {
  readonly group: Group;
  readonly count: number;
  readonly children: ReactNode;
}

function Fold({ group, count, children }: FoldProps) {
  const { say } = useWords();
  const title = say(titles[group]);
  if (group === 'controls' || group === 'values')
    return (
      <section className="card device-card" aria-label={title}>
        <h2>{title}</h2>
        {children}
      </section>
    );
  return (
    <details className="card device-card">
      <summary>
        <h2>{title}</h2>
        <span className="dim number">{count}</span>
      </summary>
      {children}
    </details>
  );
}

export function PropertyGroups({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const set = useDeviceSet();
  const members = Map.groupBy(device.properties, groupOf);
  if (device.properties.length === 0) return <p className="card device-card dim">{say('device.nothing')}</p>;
  return groups.map((group) => {
    const properties = members.get(group) ?? [];
    if (properties.length === 0) return null;
    return (
      <Fold key={group} group={group} count={properties.length}>
        <ul className="properties">
          {properties.map((property) => (
            <PropertyRow
              device={device.id}
              key={property.id}
              property={property}
              onSet={(value) => set({ device, property: property.id, value })}
            />
          ))}
        </ul>
      </Fold>
    );
  });
}
