// The last line of the workbench: how the check stands.
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudOff,
  IconLoader2,
} from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.ts';
import type { Check } from './use-check.ts';

export function ProblemsStatus({ check }: { readonly check: Check }) {
  const { say } = useWords();
  const { state, errors, warnings } = check;
  const counts = [
    errors > 0 ? say('problems.errors', { count: errors }) : '',
    warnings > 0 ? say('problems.warnings', { count: warnings }) : '',
  ].filter((words) => words !== '');
  if (state === 'unreachable') {
    return (
      <p className="problems-status" data-tone="warn">
        <IconCloudOff size={16} stroke={1.8} aria-hidden />
        {say('problems.unchecked')}
      </p>
    );
  }
  const Icon = errors > 0 ? IconAlertCircle : warnings > 0 ? IconAlertTriangle : IconCircleCheck;
  const words = counts.length > 0 ? counts.join(' · ') : say('problems.none');
  return (
    <output className="problems-status" data-tone={errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good'}>
      {state === 'checking' ? (
        <IconLoader2 size={16} stroke={1.8} className="problems-spin" aria-hidden />
      ) : (
        <Icon size={16} stroke={1.8} aria-hidden />
      )}
      {words}
      {state === 'checking' ? <span className="sr-only">{say('problems.checking')}</span> : null}
    </output>
  );
}
