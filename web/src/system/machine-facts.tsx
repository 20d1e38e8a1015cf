// How the computer under the house does: disk, memory, how late its event loop is.
import type { SystemView } from '../api/types.ts';
import { formatBytes, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Tag } from '../parts/tag.tsx';
import { isDiskLow } from './disk.ts';
import { Line } from './line.tsx';

/** From here on a light answers noticeably late. */
const lateMs = 200;

export function MachineFacts({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  const { disk, memoryBytes, loopDelayMs } = system.machine;
  const bytes = (count: number): string => formatBytes(language, count);
  return (
    <section>
      <h3>{say('system.machine')}</h3>
      <dl className="card">
        {disk ? (
          <Line name={say('system.disk')}>
            <span className="number">
              {say('system.disk.free', { free: bytes(disk.freeBytes), total: bytes(disk.totalBytes) })}
            </span>
            {isDiskLow(system) ? <Tag tone="warn">{say('system.disk.low')}</Tag> : null}
          </Line>
        ) : null}
        <Line name={say('system.memory')}>
          <span className="number">{bytes(memoryBytes)}</span>
        </Line>
        <Line name={say('system.loop')}>
          <span className="number">{formatSpan(language, loopDelayMs)}</span>
          <span className="dim">{say('system.loop.hint')}</span>
          {loopDelayMs > lateMs ? <Tag tone="warn">{say('system.loop.late')}</Tag> : null}
        </Line>
      </dl>
    </section>
  );
}
