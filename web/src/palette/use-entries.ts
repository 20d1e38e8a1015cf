// Everything that can be gone to, done or found from here.
import { useMantineColorScheme } from '@mantine/core';
import {
  IconArrowUpRight,
  IconBulb,
  IconHistory,
  IconLanguage,
  IconListCheck,
  IconPlus,
  IconSitemap,
  IconSunMoon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { nextScheme } from '../app/scheme.ts';
import { useLanguageSwitch } from '../app/use-language-switch.ts';
import { useWays } from '../app/use-ways.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useMay } from '../entry/use-session.ts';
import { languageNames } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { useRules } from '../rules/use-rules.ts';
import type { Entry } from './entries.ts';

const settleMs = 150;

function useDoing(): readonly Entry[] {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const switchLanguage = useLanguageSwitch();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [mayEdit, mayOperate] = [useMay('edit'), useMay('operate')];
  const other = language === 'en' ? 'zh-CN' : 'en';
  const entry = (id: string, name: string, rest: Pick<Entry, 'icon' | 'open'>): Entry => ({
    id: `do ${id}`,
    kind: 'do',
    name,
    beside: '',
    ...rest,
  });
  return [
    ...(mayEdit
      ? [
          entry('rule', say('palette.newRule'), {
            icon: IconPlus,
            open: () => void navigate({ to: '/rules/new' }),
          }),
        ]
      : []),
    entry('device', say('palette.addDevice'), {
      icon: IconPlus,
      open: () => void navigate({ to: '/devices', search: { add: 'yes' } }),
    }),
    ...(mayOperate
      ? [
          entry('publish', say('palette.publish'), {
            icon: IconArrowUpRight,
            open: () => void navigate({ to: '/topics', search: { publish: 'yes' } }),
          }),
        ]
      : []),
    entry('language', `${say('language.label')}: ${languageNames[other]}`, {
      icon: IconLanguage,
      open: () => switchLanguage(other),
    }),
    entry('scheme', `${say('scheme.label')}: ${say(`scheme.${nextScheme[colorScheme]}`)}`, {
      icon: IconSunMoon,
      open: () => setColorScheme(nextScheme[colorScheme]),
    }),
  ];
}

/** Topics are many: the server looks, when the words have settled. */
function useTopicEntries(words: string): readonly Entry[] {
  const { api } = useHouse();
  const navigate = useNavigate();
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSettled(words), settleMs);
    return () => globalThis.clearTimeout(timer);
  }, [words]);
  const { data = [] } = useQuery({
    queryKey: ['palette', 'topics', settled],
    queryFn: async ({ signal }) => (await api.searchTopics(settled, signal)).items,
    enabled: settled !== '',
    staleTime: 10_000,
  });
  return data.map(({ topic }) => ({
    id: `topic ${topic}`,
    kind: 'topic',
    name: topic,
    beside: '',
    icon: IconSitemap,
    open: () => void navigate({ to: '/topics', search: { topic } }),
  }));
}

function usePageEntries(): readonly Entry[] {
  const { say } = useWords();
  const navigate = useNavigate();
  return useWays().map(({ to, key, icon }) => ({
    id: `page ${key}`,
    kind: 'page',
    name: say(key),
    beside: '',
    icon,
    open: () => void navigate({ to }),
  }));
}

export function useEntries(words: string): readonly Entry[] {
  const { say } = useWords();
  const navigate = useNavigate();
  const { data: devices = [] } = useDevices();
  const { data: rules = [] } = useRules();
  const found: readonly Entry[] = [
    ...devices.map(
      ({ id, name, room = '' }): Entry => ({
        id: `device ${id}`,
        kind: 'device',
        name,
        beside: `${room} ${id}`,
        icon: IconBulb,
        open: () => void navigate({ to: '/devices/$id', params: { id } }),
      }),
    ),
    ...rules.flatMap(({ id, name, labels }): readonly Entry[] => [
      {
        id: `rule ${id}`,
        kind: 'rule',
        name,
        beside: `${labels.join(' ')} ${id}`,
        icon: IconListCheck,
        open: () => void navigate({ to: '/rules/$id', params: { id } }),
      },
      {
        id: `runs ${id}`,
        kind: 'runs',
        name: say('palette.runsOf', { name }),
        beside: id,
        icon: IconHistory,
        open: () => void navigate({ to: '/runs', search: { rule: id } }),
      },
    ]),
  ];
  return [...usePageEntries(), ...useDoing(), ...found, ...useTopicEntries(words)];
}
