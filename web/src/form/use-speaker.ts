// Says rules with the names that people gave to devices and rules.
import { useMemo } from 'react';
import { useDevices } from '../devices/use-devices.ts';
import { useWords } from '../i18n/use-words.ts';
import { useRules } from '../rules/use-rules.ts';
import type { Speaker } from '../sentence/part.ts';

export function useSpeaker(): Speaker {
  const { say, language } = useWords();
  const { data: devices } = useDevices();
  const { data: rules } = useRules();
  return useMemo(() => {
    const deviceNames = new Map(devices?.map(({ id, name }) => [id, name]));
    const ruleNames = new Map(rules?.map(({ id, name }) => [id, name]));
    return {
      say,
      language,
      deviceName: (id) => deviceNames.get(id),
      ruleName: (id) => ruleNames.get(id),
    };
  }, [say, language, devices, rules]);
}
