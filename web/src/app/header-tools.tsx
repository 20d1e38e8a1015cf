// The right end of the header: is this page live, which language, light or dark. Each is one touch, without a menu.
import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconLogout2, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { useLogout, useSession } from '../entry/use-session.ts';
import { type Language, languageNames } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { useLiveState } from '../live/use-live.ts';
import { nextScheme, schemeIconNames } from './scheme.ts';
import { useLanguageSwitch } from './use-language-switch.ts';
import './header-tools.css';

const icons = { 'sun-moon': IconSunMoon, sun: IconSun, moon: IconMoon } as const;
const otherLanguage: Readonly<Record<Language, Language>> = { en: 'zh-CN', 'zh-CN': 'en' };
const shortNames: Readonly<Record<Language, string>> = { en: 'EN', 'zh-CN': '中' };

function ConnectionPill() {
  const { say } = useWords();
  const state = useLiveState();
  return (
    <output className="pill" data-state={state} title={say(`live.hint.${state}`)}>
      <span className="pill-dot" aria-hidden="true" />
      <span className="pill-words">{say(`live.${state}`)}</span>
    </output>
  );
}

export function LanguageButton() {
  const { say, language } = useWords();
  const choose = useLanguageSwitch();
  const other = otherLanguage[language];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className="header-tool"
      title={languageNames[other]}
      onClick={() => choose(other)}
    >
      <span className="sr-only">{`${say('language.label')}: ${languageNames[other]}`}</span>
      <span className="language-short" aria-hidden="true">
        {shortNames[other]}
      </span>
    </ActionIcon>
  );
}

export function SchemeButton() {
  const { say } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[schemeIconNames[colorScheme]];
  const label = `${say('scheme.label')}: ${say(`scheme.${colorScheme}`)}`;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className="header-tool"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(nextScheme[colorScheme])}
    >
      <Icon size={19} stroke={1.7} />
    </ActionIcon>
  );
}

/** Only for who came in with a name. */
function LogoutButton() {
  const { say } = useWords();
  const { data: session } = useSession();
  const { mutate, isPending } = useLogout();
  const user = session?.user;
  if (user === undefined || user.role === 'owner') return null;
  const label = say('entry.logout', { name: user.name });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className="header-tool"
      aria-label={label}
      title={label}
      loading={isPending}
      onClick={() => mutate()}
    >
      <IconLogout2 size={19} stroke={1.7} />
    </ActionIcon>
  );
}

export function HeaderTools() {
  return (
    <div className="header-tools">
      <ConnectionPill />
      <LanguageButton />
      <SchemeButton />
      <LogoutButton />
    </div>
  );
}
