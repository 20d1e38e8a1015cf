// Says so when the clock of the house and that of this browser are minutes apart: rules go by the one of the house.
import { IconClockExclamation } from '@tabler/icons-react';
import { useHouse } from '../app/house.ts';
import { formatMoment, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';

/** Below it the way to the server and a sloppy clock are not told apart. */
const worthMs = 60_000;

export function ClockWarning() {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { aheadMs } = ticker;
  if (Math.abs(aheadMs) < worthMs) return null;
  const now = ticker.now();
  const key = aheadMs > 0 ? 'system.clock.ahead' : 'system.clock.behind';
  return (
    <p className="system-clock card" role="note">
      <IconClockExclamation size={20} stroke={1.8} aria-hidden />
      {say(key, { span: formatSpan(language, Math.abs(aheadMs)), house: formatMoment(language, now, now) })}
    </p>
  );
}
