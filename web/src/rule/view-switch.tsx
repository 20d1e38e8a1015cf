// Form, YAML or both beside each other.
import { SegmentedControl } from '@mantine/core';
import { useWords } from '../i18n/use-words.ts';

const views = ['form', 'yaml', 'split'] as const;
export type BenchView = (typeof views)[number];

export function viewFrom(text: string | undefined | null): BenchView {
  return views.find((view) => view === text) ?? 'form';
}

export interface ViewSwitchProps {
  readonly view: BenchView;
  readonly onChange: (view: BenchView) => void;
}

export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  const { say } = useWords();
  return (
    <SegmentedControl
      className="view-switch"
      aria-label={say('form.view')}
      value={view}
      data={views.map((each) => ({ value: each, label: say(`form.view.${each}`) }))}
      onChange={(chosen) => onChange(viewFrom(chosen))}
    />
  );
}
