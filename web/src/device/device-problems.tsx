// What is wrong with the device's announcement, and reports that could not be used.
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DeviceView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';

export function DeviceProblems({ device }: { readonly device: DeviceView }) {
  const { say } = useWords();
  const { problems, errors } = device;
  if (problems.length === 0 && !errors) return null;
  return (
    <section className="card device-card device-problems" aria-label={say('device.problems.title')}>
      <h2>
        <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
        {say('device.problems.title')}
      </h2>
      <ul>
        {problems.map(({ topic, path, code, message }) => (
          <li key={`${topic} ${path} ${code}`}>
            <p>{message}</p>
            <p className="code dim">
              <Link to="/topics" search={{ topic }} className="device-topic">
                {topic}
              </Link>{' '}
              {path} · {code}
            </p>
          </li>
        ))}
        {errors ? (
          <li>
            <p>
              {say('device.errors', { count: errors.count })} {errors.last.message}
            </p>
            <p className="dim">
              <span className="code">{errors.last.property}</span> · <Age at={errors.last.at} />
            </p>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
