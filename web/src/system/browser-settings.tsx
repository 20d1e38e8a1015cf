// How this browser shows the house: its language, its appearance.
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { schemeNames } from '../app/scheme.ts';
import { useLanguageSwitch } from '../app/use-language-switch.ts';
import { languageNames, languages } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { Line } from './line.tsx';

export function BrowserSettings() {
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
