// In which language this goes on; the browser's own is chosen already.
import { useNavigate } from '@tanstack/react-router';
import { useLanguageSwitch } from '../app/use-language-switch.ts';
import { RestoreOffer } from '../backups/restore-offer.tsx';
import { languageNames, languages } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { SetupStep } from './setup-step.tsx';
import { useWalk } from './walk.ts';

export function LanguageStep() {
  const { say, language } = useWords();
  const choose = useLanguageSwitch();
  const { end } = useWalk();
  const navigate = useNavigate();
  // The house that comes back has been set up already.
  const leave = (): void => {
    end();
    void navigate({ to: '/' });
  };
  return (
    <SetupStep title={say('setup.language')} hint={say('setup.language.hint')}>
      <fieldset className="setup-choices">
        <legend className="sr-only">{say('setup.language')}</legend>
        {languages.map((one) => (
          <label key={one} className="setup-choice" lang={one}>
            <input
              type="radio"
              name="language"
              value={one}
              checked={one === language}
              onChange={() => choose(one)}
            />
            <span>{languageNames[one]}</span>
          </label>
        ))}
      </fieldset>
      <RestoreOffer onRestored={leave} />
    </SetupStep>
  );
}
