// What runs here, where, and how this browser shows it.
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SystemView } from '../api/types.ts';
import { schemeNames } from '../app/scheme.ts';
import { useLanguageSwitch } from '../app/use-language-switch.ts';
import { formatCount, formatMoment } from '../i18n/format.ts';
import { languageNames, languages } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useSystem } from './use-system.ts';
import './system-page.css';

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="system-line">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  return (
    <dl className="card">
      <Line name={say('system.version')}>{system.version}</Line>
      <Line name={say('system.started')}>
        {formatMoment(language, system.startedAt, system.now)}
        <Age at={system.startedAt} className="dim" />
      </Line>
      <Line name={say('system.zone')}>{system.zone}</Line>
      <Line name={say('system.data')}>
        <span className="code">{system.dataDir}</span>
        <CopyButton text={system.dataDir} />
      </Line>
      <Line name={say('system.node')}>{system.node}</Line>
    </dl>
  );
}

function Listeners({ system }: { readonly system: SystemView }) {
  const { say } = useWords();
  return (
    <section>
      <h3>{say('system.listeners')}</h3>
      <dl className="card">
        {system.listeners.map(({ kind, address, port }) => (
          <Line key={`${kind} ${address} ${port}`} name={say(`system.listener.${kind}`)}>
            <span className="code">{port === undefined ? address : `${address}:${port}`}</span>
          </Line>
        ))}
      </dl>
    </section>
  );
}

function Counters({ system }: { readonly system: SystemView }) {
  const { say, language } = useWords();
  return (
    <section>
      <h3>
        {say('system.counters')} <span className="dim">· {say('system.counters.hint')}</span>
      </h3>
      <dl className="system-counters card">
        {Object.entries(system.counters).map(([name, count]) => (
          <div key={name} className="system-counter">
            <dt className="code">{name}</dt>
            <dd className="number">{formatCount(language, count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Settings() {
  const { say, language } = useWords();
  const chooseLanguage = useLanguageSwitch();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section>
      <h3>{say('system.settings')}</h3>
      <dl className="card">
        <Line name={say('language.label')}>
          <SegmentedControl
            aria-label={say('language.label')}
            value={language}
            onChange={chooseLanguage}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
          />
        </Line>
        <Line name={say('scheme.label')}>
          <SegmentedControl
            aria-label={say('scheme.label')}
            value={colorScheme}
            onChange={setColorScheme}
            data={schemeNames.map((value) => ({ value, label: say(`scheme.${value}`) }))}
          />
        </Line>
      </dl>
    </section>
  );
}

export function SystemPage() {
  const { say } = useWords();
  const { data: system, error, refetch } = useSystem();
  usePageTitle(say('system.title'));
  return (
    <div className="page page-narrow system">
      <div className="page-head">
        <h1>{say('system.title')}</h1>
      </div>
      {system ? <Facts system={system} /> : null}
      {system ? <Listeners system={system} /> : null}
      {system && Object.keys(system.counters).length > 0 ? <Counters system={system} /> : null}
      {!system && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!system && !error ? <Waiting rows={4} /> : null}
      {system || error ? <Settings /> : null}
    </div>
  );
}
