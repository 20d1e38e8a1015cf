// How a device is known, in words.
import { useWords } from '../i18n/use-words.ts';

const names: Readonly<Record<string, string>> = {
  'home-assistant': 'Home Assistant discovery',
  homie: 'Homie',
  tasmota: 'Tasmota',
  bemfa: 'Bemfa',
};

export function useFormatName(format: string): string {
  const { say } = useWords();
  if (format === 'learned') return say('device.format.learned');
  if (format === 'mapping') return say('device.format.mapping');
  return names[format] ?? format;
}
