// The run that was chosen, in full, with the version of its rule now.
import { IconHistoryOff } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useRules } from '../rules/use-rules.ts';
import { useRun } from '../runs/use-runs.ts';
import { TraceView } from './trace-view.tsx';

export interface SelectedRunProps {
  readonly id: string;
  /** Beside runs of other rules: its own is named. */
  readonly isAmongAll?: boolean;
}

export function SelectedRun({ id, isAmongAll = false }: SelectedRunProps) {
  const { say } = useWords();
  const { data, error } = useRun(id);
  const { data: rules = [] } = useRules();
  const rule = rules.find((one) => one.id === data?.rule);
  if (data) return <TraceView trace={data} rule={rule} isNamed={isAmongAll} />;
  if (!error) return <Waiting rows={4} />;
  return (
    <Empty
      icon={<IconHistoryOff size={24} stroke={1.6} aria-hidden />}
      title={say('runs.missing')}
      hint={say('runs.missing.hint')}
    />
  );
}
